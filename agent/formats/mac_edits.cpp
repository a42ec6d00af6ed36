// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/mac_edits.h"

#include <algorithm>
#include <set>

#include "agent/formats/ini_file.h"
#include "agent/formats/interfaces.h"
#include "agent/formats/shell_settings.h"

namespace guestprep {

std::string interfaces_without_mac(std::string_view text) {
    InterfacesFile file(text);
    // Edits keep the number of every line.
    for (const auto& stanza : std::vector(file.stanzas))
        for (const auto& option : stanza.options)
            if (option.key == "hwaddress") file.comment_out(option);
    return file.str();
}

Result<std::string> ifcfg_without_mac(std::string_view text) {
    ShellSettings file(text);
    if (file.has_open_quote())
        return failure(Errc::unsupported, "a quote in the file does not end");
    for (const auto* name : {"HWADDR", "MACADDR", "LLADDR"}) {
        const auto* setting = file.find(name);
        if (setting == nullptr) continue;
        if (std::ranges::count(file.settings(), setting->line, &ShellSetting::line) > 1)
            return failure(Errc::unsupported,
                           "line " + std::to_string(setting->line) + " holds several settings");
        file.comment_out(name);
    }
    return file.str();
}

std::string keyfile_without_mac(std::string_view text) {
    IniFile file(text);
    for (const auto* section : {"ethernet", "802-3-ethernet"})
        for (const auto* key : {"mac-address", "cloned-mac-address", "assigned-mac-address"})
            file.comment_out(section, key);
    return file.str();
}

std::string networkd_without_mac(std::string_view text, std::string_view key,
                                 std::string_view glob) {
    IniFile file(text, IniDialect::systemd);
    file.comment_out("Match", "MACAddress");
    file.comment_out("Match", "PermanentMACAddress");
    file.comment_out("Link", "MACAddress");
    if (std::ranges::none_of(file.entries(),
                             [](const IniEntry& entry) { return entry.section == "Match"; }))
        file.set("Match", key, glob);
    return file.str();
}

}  // namespace guestprep
