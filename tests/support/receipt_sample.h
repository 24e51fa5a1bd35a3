#pragma once

#include "client/flows/receipt_facts.h"

namespace hoso::testing {

/// A receipt in which every fact is there, with letters of every kind that Vietnamese has.
inline flows::ReceiptFacts SampleReceipt() {
  flows::ReceiptFacts facts;
  facts.unit_name = "Đặc khu Vân Đồn";
  facts.province_name = "Tỉnh Quảng Ninh";
  facts.code = "TẠM-06994.03-261123-0007";
  facts.provisional = true;
  facts.dossier = "0198f3a2-7c1e-7d40-9b1a-5f6c2e8d9a01";
  facts.applicant = "Nguyễn Văn Ưởng";
  facts.id_number = "022085001234";
  facts.address = "Thôn Đông Hợp, đặc khu Vân Đồn, tỉnh Quảng Ninh";
  facts.phone = "0912345678";
  facts.email = "uong@example.vn";
  facts.parcel = "thửa đất số 12, tờ bản đồ số 05, Ưởng Ễ ậ Ộ";
  facts.procedure_name = "Cấp giấy phép xây dựng mới công trình cấp III, IV và nhà ở riêng lẻ";
  facts.papers = {{"Đơn đề nghị cấp giấy phép xây dựng", false},
                  {"Giấy chứng nhận quyền sử dụng đất", true}};
  facts.missing = {"Bản cam kết bảo đảm an toàn công trình liền kề"};
  facts.received_at = "2026-11-23T08:30";
  facts.due = "2026-12-03T17:00";
  facts.limit = "07 ngày làm việc";
  facts.officer_name = "Trần Thị Bình";
  facts.printed_at = "2026-11-23T08:31";
  return facts;
}

}  // namespace hoso::testing
