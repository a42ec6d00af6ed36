// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/other_loaders.h"

#include "agent/core/text.h"
#include "agent/formats/kernel_command_line.h"

namespace guestprep {
namespace {

std::string_view without_quotes(std::string_view text) {
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
        text = text.substr(1, text.size() - 2);
    return text;
}

}  // namespace

OtherLoader parse_lilo_conf(std::string_view text) {
    OtherLoader out;
    std::string global_root;
    for (const auto raw : lines_of(text)) {
        const auto line = trimmed(raw);
        if (line.starts_with('#')) continue;
        const auto equals = line.find('=');
        const auto key = lowercase(trimmed(line.substr(0, equals)));
        const auto value = equals == std::string_view::npos
                               ? std::string_view()
                               : without_quotes(trimmed(line.substr(equals + 1)));
        if (key == "image" || key == "other") {
            out.entries.push_back({{}, key == "image" ? std::string(value) : "", global_root});
        } else if (key == "default") {
            out.default_label = value;
        } else if (key == "root") {
            (out.entries.empty() ? global_root : out.entries.back().root) = value;
        } else if (key == "label" && !out.entries.empty()) {
            out.entries.back().label = value;
        } else if (key == "append" && !out.entries.empty()) {
            if (auto root = kernel_argument(value, "root"))
                out.entries.back().root = std::move(*root);
        }
    }
    return out;
}

OtherLoader parse_extlinux_conf(std::string_view text) {
    OtherLoader out;
    for (const auto raw : lines_of(text)) {
        const auto line = trimmed(raw);
        const auto end = line.find_first_of(" \t");
        const auto key = lowercase(line.substr(0, end));
        const auto value =
            end == std::string_view::npos ? std::string_view() : trimmed(line.substr(end));
        if (key == "label") {
            out.entries.push_back({std::string(value), {}, {}});
        } else if (key == "default" || key == "ontimeout") {
            if (out.default_label.empty() || key == "ontimeout") out.default_label = value;
        } else if (out.entries.empty()) {
            continue;
        } else if (key == "kernel" || key == "linux") {
            out.entries.back().kernel = value;
        } else if (key == "append") {
            if (auto root = kernel_argument(value, "root"))
                out.entries.back().root = std::move(*root);
        }
    }
    return out;
}

}  // namespace guestprep
