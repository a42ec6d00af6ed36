// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/service_enabling.h"

#include "agent/core/text.h"
#include "agent/formats/text_lines.h"

namespace guestprep {
namespace {

/// "manual" in an override file keeps a job of upstart from starting.
std::string without_manual(const std::string& text) {
    TextLines lines(text);
    for (std::size_t i = 0; i < lines.size(); ++i)
        if (trimmed(std::string_view(lines[i]).substr(0, lines[i].find('#'))) == "manual")
            lines.replace(i, '#' + lines[i]);
    return lines.str();
}

std::optional<std::string> before_of(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

}  // namespace

Result<ChangeSet> enable_at_boot(const Facts& facts, const ServiceState& service) {
    ChangeSet set;
    if (service.starts()) return set;
    const auto refuse = [&](const std::string& why) {
        return failure(Errc::unsupported, service.name + ' ' + why);
    };
    if (service.state == Enablement::masked)
        return refuse("is masked: enable it by hand, if it is meant to start");
    if (service.held_back) return refuse("is enabled and does not start: " + service.note);
    if (service.state != Enablement::disabled)
        return refuse("cannot be enabled: it is not known how it starts");

    const GuestPath path(service.evidence);
    const auto source = facts.sources.find(path);
    if (path.name().ends_with(".override") && source != facts.sources.end()) {
        auto after = without_manual(source->second);
        if (after == source->second) return refuse("is held back by " + path.str());
        set.changes.push_back(
            FileEdit{.path = path, .before = source->second, .after = std::move(after)});
        return set;
    }
    for (const auto& link : service.start_links)
        set.changes.push_back(LinkEdit{.path = GuestPath(link.path),
                                       .before = before_of(link.before),
                                       .after = before_of(link.after)});
    if (set.empty())
        return refuse("has to be enabled by hand: chkconfig, insserv or systemctl enable");
    return set;
}

}  // namespace guestprep
