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

void add_links(const std::vector<StartLink>& links, ChangeSet& set) {
    for (const auto& link : links)
        set.changes.push_back(LinkEdit{.path = GuestPath(link.path),
                                       .before = before_of(link.before),
                                       .after = before_of(link.after)});
}

}  // namespace

Result<ChangeSet> enable_at_boot(const Facts& facts, const ServiceState& service, bool unmask) {
    ChangeSet set;
    if (service.starts()) return set;
    const auto refuse = [&](const std::string& why) {
        return failure(Errc::unsupported, service.name + ' ' + why);
    };
    if (service.state == Enablement::masked) {
        if (!unmask) return refuse("is masked: name this check with --include to unmask it");
        add_links(service.start_links, set);
        if (set.empty()) return refuse("is masked, and it is not known how: unmask it by hand");
        return set;
    }
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
    add_links(service.start_links, set);
    if (set.empty())
        return refuse("has to be enabled by hand: chkconfig, insserv or systemctl enable");
    return set;
}

Result<ChangeSet> keep_from_starting(const Facts& facts, const ServiceState& service) {
    ChangeSet set;
    if (!service.starts()) return set;
    const auto refuse = [&](const std::string& why) {
        return failure(Errc::unsupported, service.name + ' ' + why);
    };
    const GuestPath job(service.evidence);
    if (facts.os.init == InitSystem::upstart && job.parent() == GuestPath("/etc/init")) {
        // Upstart knows these files since 1.3; RHEL 6 has 0.6.5.
        if (!facts.os.distribution || facts.os.distribution->family != "debian")
            return refuse(
                "is a job of an Upstart that reads no override files: disable it by hand");
        const auto stem = job.name().substr(0, job.name().rfind('.'));
        const auto path = job.parent() / (std::string(stem) + ".override");
        const auto known = facts.sources.find(path);
        FileEdit edit{.path = path, .before = {}, .after = "manual\n"};
        if (known != facts.sources.end()) {
            const auto& text = known->second;
            edit.before = text;
            edit.after = text + (text.empty() || text.ends_with('\n') ? "" : "\n") + "manual\n";
        }
        set.changes.emplace_back(std::move(edit));
        return set;
    }
    add_links(service.stop_links, set);
    if (set.empty())
        return refuse("has to be disabled by hand: systemctl disable, or chkconfig off");
    return set;
}

}  // namespace guestprep
