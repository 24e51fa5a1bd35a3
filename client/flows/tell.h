#pragma once

#include "client/events/event.h"
#include "client/flows/desk_folder.h"
#include "client/flows/tools.h"

namespace hoso::flows {

/// Writes an event down in the log of that desk, where the program keeps one, as the settings in
/// force there want it. Any thread.
void Tell(const Tools& tools, const DeskFolder& folder, const events::Event& event);

/// An error as an event's reason: its key if Explain knows it, else "other". What the province, or
/// whoever answers in its place, gives as a reason is so never written down as it came.
const char* ReasonOf(const base::Error& error);

/// What an officer was told of something that could not be done. What a flow tells by itself, and
/// what is a slip of whoever typed, is no event.
void TellFailure(const Tools& tools, const DeskFolder& folder, const base::Error& error);

/// That the window's program begins, and how many values of settings have no effect.
void TellStart(const Tools& tools, const DeskFolder& folder);

}  // namespace hoso::flows
