#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <type_traits>

#include "common/crypto/certificate.h"
#include "common/crypto/derive.h"
#include "common/crypto/hash.h"
#include "common/crypto/key_slots.h"
#include "common/crypto/random.h"
#include "common/crypto/seal.h"
#include "common/crypto/secret.h"
#include "common/crypto/sign.h"

namespace hoso::crypto {
namespace {

using base::ErrorKind;

constexpr KdfCost kCheap{8, 1};
constexpr std::int64_t kNow = 1'780'000'000'000;

Bytes Hex(std::string_view hex) {
  return base::FromHex(hex).value();
}

Bytes Flipped(Bytes bytes, std::size_t at) {
  bytes[at] = static_cast<char>(bytes[at] ^ 1);
  return bytes;
}

template <class T>
void ExpectFails(const base::Result<T>& result, ErrorKind kind, std::string_view reason,
                 std::string_view detail = {}) {
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().kind, kind);
  EXPECT_EQ(result.error().reason, reason);
  EXPECT_EQ(result.error().detail, detail);
}

TEST(SecretTest, IsMoveOnlyAndEmptyAfterTheMove) {
  static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>);
  Secret first(Bytes("0123456789"));
  Secret second(std::move(first));
  EXPECT_TRUE(first.empty());  // NOLINT: that is the promise.
  EXPECT_EQ(second.view(), "0123456789");
  first = std::move(second);
  EXPECT_EQ(first.view(), "0123456789");
}

TEST(RandomTest, GivesDifferentOctetsEachTime) {
  SystemRandom random;
  EXPECT_NE(RandomBytes(random, 32), RandomBytes(random, 32));
}

TEST(HashTest, MatchesThePublishedVectors) {
  EXPECT_EQ(base::ToHex(Sha256("")),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(base::ToHex(Sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(base::ToHex(Sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(HashTest, InPiecesGivesTheSameAndStartsAnew) {
  Sha256Stream stream;
  stream.Update("a");
  stream.Update("bc");
  EXPECT_EQ(stream.Finish(), Sha256("abc"));
  EXPECT_EQ(stream.Finish(), Sha256(""));
}

TEST(SignTest, MatchesTheVectorsOfRfc8032) {
  const Secret first(Hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
  EXPECT_EQ(base::ToHex(PublicKey(first)),
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  EXPECT_EQ(
      base::ToHex(Sign(first, "")),
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701c"
      "f9b46bd25bf5f0595bbe24655141438e7a100b");
  const Secret second(Hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
  EXPECT_EQ(base::ToHex(PublicKey(second)),
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  EXPECT_EQ(
      base::ToHex(Sign(second, "\x72")),
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0"
      "f11d8c387b2eaeb4302aeeb00d291612bb0c00");
}

TEST(SignTest, VerifyRefusesAnotherMessageKeyOrLength) {
  SystemRandom random;
  const Secret seed = MakeSeed(random);
  const Bytes key = PublicKey(seed);
  const Bytes signature = Sign(seed, "message");
  EXPECT_TRUE(Verify(key, "message", signature));
  EXPECT_FALSE(Verify(key, "massage", signature));
  EXPECT_FALSE(Verify(key, "message", Flipped(signature, 40)));
  EXPECT_FALSE(Verify(PublicKey(MakeSeed(random)), "message", signature));
  EXPECT_FALSE(Verify(key, "message", signature.substr(1)));
  EXPECT_FALSE(Verify("", "message", signature));
}

TEST(SealTest, EveryFlippedByteIsRefused) {
  SystemRandom random;
  const Secret key = RandomSecret(random, kKeySize);
  const Bytes sealed = Seal(key, "plain text", "about", random);
  EXPECT_EQ(sealed.size(), 10 + kSealOverhead);
  EXPECT_EQ(Open(key, sealed, "about").value(), "plain text");
  for (std::size_t at = 0; at < sealed.size(); ++at) {
    ExpectFails(Open(key, Flipped(sealed, at), "about"), ErrorKind::kDamaged, "seal.open");
  }
  ExpectFails(Open(key, sealed, "other"), ErrorKind::kDamaged, "seal.open");
  ExpectFails(Open(RandomSecret(random, kKeySize), sealed, "about"), ErrorKind::kDamaged,
              "seal.open");
  ExpectFails(Open(key, "short", "about"), ErrorKind::kDamaged, "seal.open");
}

TEST(SealTest, OnlyTheHolderOfTheSecretKeyOpensABox) {
  SystemRandom random;
  const BoxKey ours = MakeBoxKey(random);
  const BoxKey other = MakeBoxKey(random);
  const Bytes sealed = SealTo(ours.public_key, "for you").value();
  EXPECT_EQ(OpenWith(ours.public_key, ours.secret_key, sealed).value().view(), "for you");
  ExpectFails(OpenWith(other.public_key, other.secret_key, sealed), ErrorKind::kDamaged,
              "seal.open");
  ExpectFails(SealTo("no key", "x"), ErrorKind::kDamaged, "seal.public_key");
}

TEST(DeriveTest, PinSaltDeviceAndCostAllMatter) {
  const Bytes salt(kSaltSize, 's');
  const Secret device(Bytes(kDeviceSecretSize, 'd'));
  const Secret key = DeriveFromPin("1234", salt, device, kCheap).value();
  EXPECT_EQ(key.size(), kKeySize);
  const auto derive = [](std::string_view pin, char salt_octet, char device_octet, KdfCost cost) {
    return DeriveFromPin(pin, Bytes(kSaltSize, salt_octet),
                         Secret(Bytes(kDeviceSecretSize, device_octet)), cost)
        .value();
  };
  EXPECT_EQ(derive("1234", 's', 'd', kCheap).view(), key.view());
  EXPECT_NE(derive("1235", 's', 'd', kCheap).view(), key.view());
  EXPECT_NE(derive("1234", 't', 'd', kCheap).view(), key.view());
  EXPECT_NE(derive("1234", 's', 'e', kCheap).view(), key.view());
  EXPECT_NE(derive("1234", 's', 'd', KdfCost{8, 2}).view(), key.view());
}

class KeySlotsTest : public testing::Test {
 protected:
  KeySlotsTest() {
    key_slots_.device_info = "desk 1";
    Add("officer-1", "1234", seed_1_);
    Add("officer-2", "mật khẩu", seed_2_);
  }

  void Add(std::string_view officer_id, std::string_view pin, const Secret& seed) {
    const Unlocked keys{database_key_.Clone(), seed.Clone()};
    ASSERT_TRUE(key_slots_.AddOfficer(officer_id, pin, device_, keys, random_, kCheap));
  }
  base::Result<Unlocked> TryPin(std::string_view pin, std::int64_t now_ms) {
    return key_slots_.OpenSlot("officer-1", pin, device_, now_ms);
  }

  SystemRandom random_;
  Secret database_key_ = RandomSecret(random_, kKeySize);
  Secret seed_1_ = MakeSeed(random_);
  Secret seed_2_ = MakeSeed(random_);
  Secret device_ = RandomSecret(random_, kDeviceSecretSize);
  KeySlots key_slots_;
};

TEST_F(KeySlotsTest, TwoOfficersOpenTheSameDatabaseKeyAndTheirOwnSeeds) {
  auto read = KeySlots::Decode(key_slots_.Encode()).value();
  const Unlocked first = read.OpenSlot("officer-1", "1234", device_, kNow).value();
  const Unlocked second = read.OpenSlot("officer-2", "mật khẩu", device_, kNow).value();
  EXPECT_EQ(first.database_key.view(), database_key_.view());
  EXPECT_EQ(second.database_key.view(), database_key_.view());
  EXPECT_EQ(first.officer_seed.view(), seed_1_.view());
  EXPECT_EQ(second.officer_seed.view(), seed_2_.view());
  EXPECT_EQ(read.device_info, "desk 1");
}

TEST_F(KeySlotsTest, TheDelayGrowsWithWrongPinsAndNothingIsLost) {
  for (int i = 0; i < 5; ++i) ExpectFails(TryPin("0000", kNow), ErrorKind::kWrongPin, "pin.wrong");
  std::int64_t now_ms = kNow;
  for (const int seconds : {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900}) {
    ExpectFails(TryPin("1234", now_ms), ErrorKind::kWrongPin, "pin.delay", std::to_string(seconds));
    ExpectFails(TryPin("1234", now_ms + seconds * 1000 - 1), ErrorKind::kWrongPin, "pin.delay",
                "1");
    key_slots_ = KeySlots::Decode(key_slots_.Encode()).value();  // A restart changes nothing.
    now_ms += seconds * 1000;
    ExpectFails(TryPin("0000", now_ms), ErrorKind::kWrongPin, "pin.wrong");
  }
  EXPECT_TRUE(key_slots_.OpenSlot("officer-2", "mật khẩu", device_, now_ms));
  now_ms += 900'000;
  EXPECT_EQ(TryPin("1234", now_ms).value().database_key.view(), database_key_.view());
  EXPECT_EQ(key_slots_.Find("officer-1")->failures, 0U);
  ExpectFails(TryPin("0000", now_ms), ErrorKind::kWrongPin, "pin.wrong");
  EXPECT_TRUE(TryPin("1234", now_ms));
}

TEST_F(KeySlotsTest, AClockSetBackMakesTheOfficerWaitOneDelayNotYears) {
  for (int i = 0; i < 5; ++i) ExpectFails(TryPin("0000", kNow), ErrorKind::kWrongPin, "pin.wrong");
  const std::int64_t earlier = kNow - 1'000'000'000;
  ExpectFails(TryPin("1234", earlier), ErrorKind::kWrongPin, "pin.delay", "1");
  EXPECT_TRUE(TryPin("1234", earlier + 1000));
}

TEST_F(KeySlotsTest, ChangePinRewrapsOnlyThatSlot) {
  const Slot other = *key_slots_.Find("officer-2");
  const Bytes old_salt = key_slots_.Find("officer-1")->salt;
  ExpectFails(key_slots_.ChangePin("officer-1", "0000", "5678", device_, kNow, random_, kCheap),
              ErrorKind::kWrongPin, "pin.wrong");
  ExpectFails(key_slots_.ChangePin("officer-1", "1234", "567", device_, kNow, random_, kCheap),
              ErrorKind::kUsage, "pin.too_short");
  ASSERT_TRUE(key_slots_.ChangePin("officer-1", "1234", "5678", device_, kNow, random_, kCheap));
  ExpectFails(TryPin("1234", kNow), ErrorKind::kWrongPin, "pin.wrong");
  const Unlocked keys = TryPin("5678", kNow).value();
  EXPECT_EQ(keys.database_key.view(), database_key_.view());
  EXPECT_EQ(keys.officer_seed.view(), seed_1_.view());
  EXPECT_NE(key_slots_.Find("officer-1")->salt, old_salt);
  EXPECT_EQ(*key_slots_.Find("officer-2"), other);
}

TEST_F(KeySlotsTest, TheRightPinWithoutTheDeviceSecretIsNotEnough) {
  ExpectFails(
      key_slots_.OpenSlot("officer-1", "1234", RandomSecret(random_, kDeviceSecretSize), kNow),
      ErrorKind::kWrongPin, "pin.wrong");
  ExpectFails(key_slots_.OpenSlot("officer-1", "1234", Secret(), kNow), ErrorKind::kUsage,
              "device_secret.missing");
}

TEST_F(KeySlotsTest, EveryFlippedByteAndEveryCutIsRefused) {
  ASSERT_TRUE(key_slots_.SetRecovery(database_key_, MakeBoxKey(random_).public_key));
  const Bytes file = key_slots_.Encode();
  ASSERT_TRUE(KeySlots::Decode(file));
  for (std::size_t at = 0; at < file.size(); ++at) {
    ExpectFails(KeySlots::Decode(Flipped(file, at)), ErrorKind::kDamaged, "keyfile.damaged");
    ExpectFails(KeySlots::Decode(file.substr(0, at)), ErrorKind::kDamaged, "keyfile.damaged");
  }
}

TEST_F(KeySlotsTest, ABodyCutShortUnderAFreshChecksumIsRefused) {
  const Bytes file = key_slots_.Encode();
  const Bytes body = file.substr(0, file.size() - kSha256Size);
  for (std::size_t size = 0; size < body.size(); ++size) {
    const Bytes cut = body.substr(0, size);
    ExpectFails(KeySlots::Decode(cut + Sha256(cut)), ErrorKind::kDamaged, "keyfile.damaged");
  }
  const Bytes longer = body + "x";
  ExpectFails(KeySlots::Decode(longer + Sha256(longer)), ErrorKind::kDamaged, "keyfile.damaged");
}

TEST_F(KeySlotsTest, AFileOfALaterVersionIsNewerNotDamaged) {
  Bytes body = "HSXK";
  body += Bytes("\x00\x02", 2) + "what a later program writes";
  ExpectFails(KeySlots::Decode(body + Sha256(body)), ErrorKind::kNewer, "keyfile.newer");
}

TEST_F(KeySlotsTest, APayloadMovedToAnotherSlotDoesNotOpen) {
  std::swap(key_slots_.slots[0].officer_id, key_slots_.slots[1].officer_id);
  ExpectFails(key_slots_.OpenSlot("officer-2", "1234", device_, kNow), ErrorKind::kWrongPin,
              "pin.wrong");
}

TEST_F(KeySlotsTest, TheProvinceRecoversTheDatabaseKeyAlone) {
  const BoxKey province = MakeBoxKey(random_);
  ExpectFails(key_slots_.OpenRecovery(province.public_key, province.secret_key),
              ErrorKind::kNotFound, "recovery.missing");
  ASSERT_TRUE(key_slots_.SetRecovery(database_key_, province.public_key));
  const auto read = KeySlots::Decode(key_slots_.Encode()).value();
  EXPECT_EQ(read.OpenRecovery(province.public_key, province.secret_key).value().view(),
            database_key_.view());
}

TEST_F(KeySlotsTest, AnOfficerHasOneSlotAndCanBeRemoved) {
  const Unlocked keys{database_key_.Clone(), seed_1_.Clone()};
  ExpectFails(key_slots_.AddOfficer("officer-1", "4321", device_, keys, random_, kCheap),
              ErrorKind::kRefused, "slot.exists");
  ASSERT_TRUE(key_slots_.RemoveOfficer("officer-1"));
  ExpectFails(TryPin("1234", kNow), ErrorKind::kNotFound, "slot.missing");
  ExpectFails(key_slots_.RemoveOfficer("officer-1"), ErrorKind::kNotFound, "slot.missing");
}

TEST(PinTest, CountsCharactersNotOctets) {
  EXPECT_TRUE(CheckPin("1234"));
  EXPECT_TRUE(CheckPin("đđđđ"));
  EXPECT_TRUE(CheckPin(std::string(64, 'a')));
  ExpectFails(CheckPin("đđđ"), ErrorKind::kUsage, "pin.too_short");
  ExpectFails(CheckPin(std::string(65, 'a')), ErrorKind::kUsage, "pin.too_long");
  ExpectFails(CheckPin("12\xFF"
                       "45"),
              ErrorKind::kUsage, "pin.not_text");
}

class CertificateTest : public testing::Test {
 protected:
  static constexpr std::int64_t kStart = 1'780'000'000;
  static constexpr std::int64_t kDay = 86400;

  std::string Ca(const Secret& key, std::string name) {
    return MakeCa(key, {std::move(name), MakeSerialHex(random_), kStart, 3650}).value();
  }
  IssueParams ClientParams() {
    IssueParams params;
    params.common_name = "Xã Tân Phú, bàn 1";
    params.organizational_unit = "commune";
    params.serial_hex = MakeSerialHex(random_);
    params.not_before_s = kStart;
    params.not_after_s = kStart + 365 * kDay;
    return params;
  }

  SystemRandom random_;
  Secret ca_key_ = MakeKeyPem().value();
  std::string ca_ = Ca(ca_key_, "Province");
  Secret desk_key_ = MakeKeyPem().value();
  std::string csr_ = MakeCsr(desk_key_, "asks for any name").value();
};

TEST_F(CertificateTest, AnIssuedChainVerifiesAndReadsBack) {
  const IssueParams params = ClientParams();
  const std::string cert = IssueFromCsr(csr_, ca_, ca_key_, params).value();
  EXPECT_TRUE(VerifyIssued(cert, ca_, kStart + kDay));
  const CertificateInfo info = ParseCertificate(cert).value();
  EXPECT_EQ(info.subject_cn, params.common_name);
  EXPECT_EQ(info.ou, "commune");
  EXPECT_EQ(info.serial_hex, params.serial_hex);
  EXPECT_EQ(info.not_before_s, params.not_before_s);
  EXPECT_EQ(info.not_after_s, params.not_after_s);
  EXPECT_EQ(info.fingerprint_hex.size(), 64U);
  EXPECT_FALSE(info.is_ca);
  EXPECT_TRUE(ParseCertificate(ca_).value().is_ca);
}

TEST_F(CertificateTest, AnotherAuthorityOfTheSameNameIsRefused) {
  const std::string cert = IssueFromCsr(csr_, ca_, ca_key_, ClientParams()).value();
  const Secret other_key = MakeKeyPem().value();
  const std::string other = Ca(other_key, "Province");
  ExpectFails(VerifyIssued(cert, other, kStart + kDay), ErrorKind::kRefused,
              "certificate.not_trusted");
  ExpectFails(IssueFromCsr(csr_, ca_, other_key, ClientParams()), ErrorKind::kRefused,
              "ca.wrong_key");
}

TEST_F(CertificateTest, OutsideItsPeriodIsRefused) {
  const std::string cert = IssueFromCsr(csr_, ca_, ca_key_, ClientParams()).value();
  ExpectFails(VerifyIssued(cert, ca_, kStart - 1), ErrorKind::kRefused,
              "certificate.not_yet_valid");
  ExpectFails(VerifyIssued(cert, ca_, kStart + 366 * kDay), ErrorKind::kRefused,
              "certificate.expired");
}

TEST_F(CertificateTest, ALeafIsNoAuthorityAndAnAuthorityIsNoLeaf) {
  const std::string cert = IssueFromCsr(csr_, ca_, ca_key_, ClientParams()).value();
  ExpectFails(IssueFromCsr(csr_, cert, desk_key_, ClientParams()), ErrorKind::kRefused,
              "ca.not_ca");
  ExpectFails(VerifyIssued(ca_, ca_, kStart + kDay), ErrorKind::kRefused, "certificate.is_ca");
  ExpectFails(VerifyIssued(cert, cert, kStart + kDay), ErrorKind::kRefused,
              "certificate.not_trusted");
}

TEST_F(CertificateTest, ARequestNotSignedByItsOwnKeyIsRefused) {
  const std::size_t first = csr_.find('\n') + 1;
  const std::size_t last = csr_.find("-----END");
  std::string base64 = csr_.substr(first, last - first);
  std::erase(base64, '\n');
  Bytes der = base::FromBase64(base64).value();
  const std::size_t name_at = der.find("any name");
  ASSERT_NE(name_at, Bytes::npos);
  der[name_at] = 'A';
  const std::string changed = "-----BEGIN CERTIFICATE REQUEST-----\n" + base::ToBase64(der) +
                              "\n-----END CERTIFICATE REQUEST-----\n";
  ExpectFails(IssueFromCsr(changed, ca_, ca_key_, ClientParams()), ErrorKind::kRefused,
              "csr.bad_signature");
  ExpectFails(IssueFromCsr("not a request", ca_, ca_key_, ClientParams()), ErrorKind::kDamaged,
              "csr.damaged");
  ExpectFails(IssueFromCsr(ca_, ca_, ca_key_, ClientParams()), ErrorKind::kDamaged, "csr.damaged");
}

TEST_F(CertificateTest, AServerNeedsNamesAndOnlyPlainOnes) {
  IssueParams params = ClientParams();
  params.usage = CertificateUsage::kServer;
  ExpectFails(IssueForKey(desk_key_, ca_, ca_key_, params), ErrorKind::kUsage,
              "certificate.no_names");
  params.dns_names = {"sync.example.vn,DNS:evil.example"};
  ExpectFails(IssueForKey(desk_key_, ca_, ca_key_, params), ErrorKind::kUsage,
              "certificate.bad_name");
  params.dns_names = {"sync.example.vn", "localhost"};
  params.ip_addresses = {"127.0.0.1", "::1"};
  const std::string cert = IssueForKey(desk_key_, ca_, ca_key_, params).value();
  EXPECT_TRUE(VerifyIssued(cert, ca_, kStart + kDay));
  params.ip_addresses = {"300.0.0.1"};
  ExpectFails(IssueForKey(desk_key_, ca_, ca_key_, params), ErrorKind::kUsage,
              "certificate.bad_name");
}

TEST_F(CertificateTest, MalformedInputIsRefused) {
  ExpectFails(ParseCertificate("junk"), ErrorKind::kDamaged, "certificate.damaged");
  ExpectFails(ParseCertificateDer("junk"), ErrorKind::kDamaged, "certificate.damaged");
  ExpectFails(MakeCsr(Secret(Bytes("junk")), "name"), ErrorKind::kDamaged, "key.damaged");
  ExpectFails(MakeCsr(desk_key_, ""), ErrorKind::kUsage, "certificate.bad_name");
  ExpectFails(MakeCsr(desk_key_, std::string(65, 'a')), ErrorKind::kUsage, "certificate.bad_name");
  IssueParams params = ClientParams();
  params.serial_hex = "00";
  ExpectFails(IssueFromCsr(csr_, ca_, ca_key_, params), ErrorKind::kUsage,
              "certificate.bad_serial");
  params = ClientParams();
  params.not_after_s = params.not_before_s;
  ExpectFails(IssueFromCsr(csr_, ca_, ca_key_, params), ErrorKind::kUsage,
              "certificate.bad_period");
}

}  // namespace
}  // namespace hoso::crypto
