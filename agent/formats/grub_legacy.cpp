// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/grub_legacy.h"

#include <algorithm>

#include "agent/core/text.h"

namespace guestprep {
namespace {

std::string strip_device(std::string_view path) {
    if (path.starts_with('(')) path.remove_prefix(std::min(path.find(')') + 1, path.size()));
    return std::string(path);
}

/// "default 0", "default=0" and "default = 0" are all in use.
struct Line {
    std::string_view command;
    std::string_view rest;
};
Line split_line(std::string_view line) {
    line = trimmed(line);
    const auto end = std::min(line.find_first_of(" \t="), line.size());
    auto rest = trimmed(line.substr(end));
    if (rest.starts_with('=')) rest = trimmed(rest.substr(1));
    return {line.substr(0, end), rest};
}

void set_kernel(MenuEntry& entry, std::string_view command, std::string_view rest,
                std::size_t line) {
    auto words = words_of(rest);
    while (!words.empty() && words[0].starts_with("--")) words.erase(words.begin());
    if (words.empty()) return;
    const auto tail = rest.substr(static_cast<std::size_t>(words[0].data() - rest.data()));
    entry.command = command;
    entry.kernel = strip_device(words[0]);
    entry.command_line = trimmed(tail.substr(words[0].size()));
    entry.command_line_line = line;
}

/// Xen: the kernel line starts the hypervisor, the first module is Linux, the second its initrd.
void add_module(MenuEntry& entry, std::string_view rest, std::size_t line) {
    if (entry.hypervisor.empty()) {
        entry.hypervisor = entry.kernel;
        set_kernel(entry, "module", rest, line);
    } else if (const auto words = words_of(rest); !words.empty()) {
        entry.initrds.push_back(strip_device(words[0]));
    }
}

void entry_line(MenuEntry& entry, const Line& line, std::size_t number) {
    if (line.command == "kernel") {
        set_kernel(entry, "kernel", line.rest, number);
    } else if (line.command == "module" || line.command == "modulenounzip") {
        add_module(entry, line.rest, number);
    } else if (line.command == "initrd") {
        if (const auto words = words_of(line.rest); !words.empty())
            entry.initrds = {strip_device(words[0])};
    } else if (line.command == "chainloader") {
        entry.chainloads = true;
    } else if (line.command == "configfile") {
        entry.configfile = strip_device(line.rest);
    } else if (line.command == "lock") {
        entry.unrestricted = false;
    }
}

void global_line(GrubLegacy& out, const Line& line, std::size_t number) {
    if (line.command == "default") {
        out.default_setting = line.rest;
        out.default_line = number;
    } else if (line.command == "fallback") {
        out.fallback = to_number(line.rest.substr(0, line.rest.find_first_of(" \t")));
    } else if (line.command == "timeout") {
        out.timeout = to_number(line.rest);
    } else if (line.command == "password") {
        out.asks_password = true;
    }
}

}  // namespace

GrubLegacy parse_grub_legacy(std::string_view text) {
    GrubLegacy out;
    std::size_t number = 0;
    for (const auto text_line : lines_of(text)) {
        ++number;
        const auto line = split_line(text_line);
        if (line.command.empty() || line.command.starts_with('#')) continue;
        if (line.command == "title") {
            auto& entry = out.menu.emplace_back();
            entry.title = line.rest;
            entry.line = number;
            entry.unrestricted = true;
        } else if (out.menu.empty()) {
            global_line(out, line, number);
        } else {
            entry_line(out.menu.back(), line, number);
        }
    }
    return out;
}

Result<DefaultEntry> grub_legacy_default(const GrubLegacy& file,
                                         const std::optional<std::string>& saved) {
    if (file.menu.empty()) return failure(Errc::not_found, "the menu has no entry");
    DefaultEntry out;
    std::uint64_t index = 0;
    if (file.default_setting.empty()) {
        out.why = "no default is set, so the first entry";
    } else if (file.default_setting == "saved") {
        // The file is one number, then padding; GRUB takes 0 where it is missing.
        const auto digits = saved ? saved->substr(0, saved->find_first_not_of("0123456789")) : "";
        index = to_number(digits).value_or(0);
        out.fell_back = digits.empty();
        out.why = "the saved entry, number " + std::to_string(index);
    } else if (const auto number = to_number(file.default_setting)) {
        index = *number;
        out.why = "entry number " + std::to_string(index);
    } else {
        return failure(Errc::not_found,
                       "\"default " + shown(file.default_setting) + "\" is no entry number");
    }
    if (index >= file.menu.size())
        return failure(Errc::not_found, "the default is entry number " + std::to_string(index) +
                                            ", but there are only " +
                                            std::to_string(file.menu.size()) + " (from 0)");
    out.path = {static_cast<std::size_t>(index)};
    return out;
}

}  // namespace guestprep
