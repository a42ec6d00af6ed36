// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "agent/collect/access_parts.h"
#include "agent/collect/first_boot_parts.h"
#include "agent/collect/network_parts.h"
#include "agent/core/text.h"
#include "agent/formats/shell_assignments.h"

namespace guestprep {
namespace {

constexpr std::string_view kAmazon = "169.254.169.123";

bool is_no(std::string_view value) {
    const auto text = lowercase(value);
    return text == "no" || text == "false" || text == "0";
}

ConfigLine local_time(const FileReader& files) {
    if (const auto text = files.read(GuestPath("/etc/adjtime"))) {
        const auto lines = lines_of(*text);
        // Where there is a third line, it decides.
        if (lines.size() > 2)
            return trimmed(lines[2]) == "LOCAL" ? config_line("/etc/adjtime", 3, lines[2])
                                                : ConfigLine{};
    }
    for (const auto* path : {"/etc/sysconfig/clock", "/etc/default/rcS", "/etc/conf.d/hwclock"}) {
        auto text = files.read(GuestPath(path));
        if (!text) continue;
        const auto file = ShellAssignments::parse(std::move(*text));
        if (const auto* utc = file.find("UTC"); utc != nullptr && is_no(utc->value))
            return config_line(path, utc->line, "UTC=" + utc->value);
        if (const auto* clock = file.find("HWCLOCK");
            clock != nullptr && contains(clock->value, "localtime"))
            return config_line(path, clock->line, "HWCLOCK=" + clock->value);
        if (const auto* clock = file.find("clock"); clock != nullptr && clock->value == "local")
            return config_line(path, clock->line, "clock=local");
    }
    return {};
}

bool asks_amazon(const FileReader& files) {
    for (const std::string_view pattern :
         {"/etc/chrony.conf", "/etc/chrony/chrony.conf", "/etc/chrony.d/*", "/etc/chrony/conf.d/*",
          "/etc/chrony/sources.d/*", "/etc/ntp.conf", "/etc/ntpsec/ntp.conf",
          "/etc/openntpd/ntpd.conf", "/etc/systemd/timesyncd.conf",
          "/etc/systemd/timesyncd.conf.d/*", "/run/chrony.d/*"})
        for (const auto& path : glob(files, pattern)) {
            const auto text = files.read(path);
            if (!text) continue;
            for (const auto line : lines_of(*text))
                if (contains(line.substr(0, line.find('#')), kAmazon)) return true;
        }
    return false;
}

}  // namespace

ClockFacts find_clock(const Host& host, const BootServices& services) {
    ClockFacts clock;
    clock.local_time = local_time(host.files);
    static constexpr std::string_view kChrony[] = {"chronyd", "chrony"};
    static constexpr std::string_view kNtp[] = {"ntpd", "ntp", "ntpsec", "openntpd"};
    static constexpr std::string_view kTimesync[] = {"systemd-timesyncd"};
    for (const std::span<const std::string_view> names :
         {std::span<const std::string_view>(kChrony), std::span<const std::string_view>(kNtp),
          std::span<const std::string_view>(kTimesync)}) {
        auto state = services.first_of(names);
        if (state.state != Enablement::absent) clock.services.push_back(std::move(state));
    }
    clock.asks_amazon = asks_amazon(host.files);
    return clock;
}

}  // namespace guestprep
