#pragma once

#include <vector>

#include "client/ui/page_painter.h"

class wxWindow;

namespace hoso::ui {

/// Asks for a printer and prints; false: the officer changed their mind. kUnreachable
/// "print.failed". The only nested event loop of the program: GTK's and Windows' print dialogs
/// return only when they are closed, and wx has no other way to them.
base::Result<bool> PrintPages(wxWindow& parent, const PagePainter& painter,
                              std::vector<paper::Page> pages, const wxString& title);

}  // namespace hoso::ui
