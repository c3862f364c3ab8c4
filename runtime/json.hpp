// Texts in JSON, and labels in Aldebaran's files.
#pragma once

#include <string>
#include <string_view>

namespace tryst::runtime {

// Text as JSON writes it, with its quotes.
std::string json_string(std::string_view);

// The label of a visible event in a file .aut, with its quotes: one that is called like a silent one gets a backslash.
std::string aut_label(std::string_view event);

}  // namespace tryst::runtime
