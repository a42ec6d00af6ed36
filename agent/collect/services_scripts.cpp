// SPDX-License-Identifier: Apache-2.0
//
// SysV init scripts, upstart jobs and OpenRC runlevels.
#include <algorithm>
#include <optional>

#include "agent/collect/service_backends.h"
#include "agent/core/text.h"

namespace guestprep {
namespace {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// "S55sshd" starts "sshd", "K25sshd" stops it.
bool is_order_link(std::string_view link, char kind, std::string_view service) {
    return link.size() > 3 && link[0] == kind && is_digit(link[1]) && is_digit(link[2]) &&
           link.substr(3) == service;
}

std::vector<std::string> folders_of(std::string_view runlevels) {
    std::vector<std::string> out{"/etc/rcS.d", "/etc/init.d/boot.d"};
    for (const char level : runlevels)
        for (const std::string_view base : {"/etc/rc.d/rc", "/etc/rc", "/etc/init.d/rc"})
            out.push_back(std::string(base) + level + ".d");
    return out;
}

/// What the head of an init script asks for: "# chkconfig: 2345 10 90", "# Default-Start: 2 3".
struct ScriptHead {
    std::string levels;
    std::string order = "20";  ///< update-rc.d's own where nothing is said
};

ScriptHead head_of(std::string_view text) {
    ScriptHead out;
    for (const auto line : lines_of(text)) {
        if (!line.starts_with('#')) continue;
        const auto words = words_of(line, " \t#");
        if (words.size() > 2 && words[0] == "chkconfig:" && words[1] != "-") {
            out.levels = words[1];
            out.order = words[2].size() == 1 ? '0' + std::string(words[2]) : words[2];
            break;
        }
        if (!words.empty() && words[0] == "Default-Start:" && out.levels.empty())
            for (std::size_t i = 1; i < words.size(); ++i) out.levels += words[i];
    }
    const auto is_level = [](char c) { return (c >= '2' && c <= '5') || c == 'S'; };
    if (!std::ranges::all_of(out.levels, is_level)) out.levels.clear();
    return out;
}

/// What the lines of an upstart job say about its start.
struct Job {
    bool starts = false;
    std::string event;  ///< what stands after "start on", on one line
};

/// Reads on top of what `job` says: an override file is such a second text.
void read_job(std::string_view text, Job& job) {
    bool in_script = false;
    int open = 0;  // brackets of a "start on" that goes over several lines
    for (const auto raw : lines_of(text)) {
        const auto line = trimmed(raw.substr(0, raw.find('#')));
        const auto words = words_of(line);
        if (words.empty()) continue;
        if (in_script || words.back() == "script") {
            in_script = !(words.size() == 2 && words[0] == "end" && words[1] == "script");
            continue;
        }
        if (words.size() > 2 && words[0] == "start" && words[1] == "on") {
            job = {true, std::string(trimmed(line.substr(line.find("on", 5) + 2)))};
            open = 0;
        } else if (open > 0) {
            job.event += ' ' + std::string(line);
        } else {
            if (words[0] == "manual") job = {};
            continue;
        }
        open += static_cast<int>(std::ranges::count(line, '(') - std::ranges::count(line, ')'));
    }
}

/// "runlevel [!016]" and nothing else: does it hold in `level`? Other events are taken to happen.
bool happens_in(std::string_view event, char level) {
    const auto words = words_of(event, " \t()");
    if (words.size() != 2 || words[0] != "runlevel") return true;
    auto set = words[1];
    if (!set.starts_with('[') || !set.ends_with(']')) return set == std::string_view(&level, 1);
    return matches_glob(set, std::string_view(&level, 1));
}

class SysvServices final : public ServiceBackend {
public:
    explicit SysvServices(const FileReader& files)
        : scripts_(files), level_(default_runlevel(files)) {}
    ServiceState state(std::string_view name) const override {
        return scripts_.state(name, std::string_view(&level_, 1));
    }

private:
    InitScripts scripts_;
    char level_;
};

class UpstartServices final : public ServiceBackend {
public:
    explicit UpstartServices(const FileReader& files)
        : files_(files), scripts_(files), level_(default_runlevel(files)) {}

    ServiceState state(std::string_view name) const override {
        const auto job = std::string(without_service_suffix(name));
        const GuestPath path("/etc/init/" + job + ".conf");
        const auto text = files_.read(path);
        if (!text && text.error().code == Errc::not_found) return by_script(name);
        if (!text) return {.name = std::string(name), .note = text.error().message};
        Job found;
        read_job(*text, found);
        auto evidence = path.str();
        const GuestPath override_path("/etc/init/" + job + ".override");
        if (const auto more = files_.read(override_path)) {
            read_job(*more, found);
            evidence = override_path.str();
        }
        const bool starts = found.starts && happens_in(found.event, level_);
        if (!starts)
            if (auto script = by_script(name); script.state == Enablement::enabled) return script;
        return {.name = std::string(name),
                .state = starts ? Enablement::enabled : Enablement::disabled,
                .evidence = std::move(evidence),
                .note = found.starts ? "start on " + shown(found.event, 80) : ""};
    }

private:
    ServiceState by_script(std::string_view name) const {
        return scripts_.state(name, std::string_view(&level_, 1));
    }
    const FileReader& files_;
    InitScripts scripts_;
    char level_;
};

class OpenRcServices final : public ServiceBackend {
public:
    explicit OpenRcServices(const FileReader& files) : files_(files) {}
    ServiceState state(std::string_view name) const override {
        const auto service = std::string(without_service_suffix(name));
        const GuestPath script("/etc/init.d/" + service);
        if (!files_.exists(script)) return {.name = std::string(name), .state = Enablement::absent};
        for (const std::string_view level : {"sysinit", "boot", "default"}) {
            const auto link = GuestPath("/etc/runlevels") / level / service;
            if (files_.exists(link))
                return {.name = std::string(name),
                        .state = Enablement::enabled,
                        .evidence = link.str(),
                        .stop_links = stop_links(service)};
        }
        return {.name = std::string(name), .state = Enablement::disabled, .evidence = script.str()};
    }

private:
    [[nodiscard]] std::vector<StartLink> stop_links(const std::string& service) const {
        std::vector<StartLink> out;
        for (const std::string_view level : {"sysinit", "boot", "default"})
            if (const auto link = GuestPath("/etc/runlevels") / level / service;
                const auto target = files_.link(link))
                out.push_back({link.str(), *target, {}});
        return out;
    }
    const FileReader& files_;
};

/// The runlevel in "id:3:initdefault:".
std::optional<char> runlevel_of_inittab(std::string_view text) {
    for (const auto line : lines_of(text)) {
        if (trimmed(line).starts_with('#')) continue;
        const auto fields = split(line, ':');
        if (fields.size() >= 3 && trimmed(fields[2]) == "initdefault" && !fields[1].empty())
            return fields[1][0];
    }
    return std::nullopt;
}

/// Ubuntu's "env DEFAULT_RUNLEVEL=2".
std::optional<char> runlevel_of_upstart(std::string_view text) {
    constexpr std::string_view kKey = "env DEFAULT_RUNLEVEL=";
    for (const auto line : lines_of(text))
        if (line.starts_with(kKey) && line.size() > kKey.size()) return line[kKey.size()];
    return std::nullopt;
}

}  // namespace

char default_runlevel(const FileReader& files) {
    if (const auto text = files.read(GuestPath("/etc/inittab")))
        if (const auto level = runlevel_of_inittab(*text)) return *level;
    if (const auto text = files.read(GuestPath("/etc/init/rc-sysinit.conf")))
        if (const auto level = runlevel_of_upstart(*text)) return *level;
    return files.exists(GuestPath("/etc/debian_version")) ? '2' : '3';
}

ServiceState InitScripts::state(std::string_view name, std::string_view runlevels) const {
    const auto service = without_service_suffix(name);
    for (const auto& folder : folders_of(runlevels)) {
        const auto links = files_.list(GuestPath(folder));
        if (!links && links.error().code == Errc::access_denied)
            return {.name = std::string(name), .note = links.error().message};
        if (!links) continue;
        for (const auto& link : *links) {
            const auto path = GuestPath(folder) / link;
            // A link whose script was removed with its package starts nothing.
            if (is_order_link(link, 'S', service) && files_.exists(path))
                return {.name = std::string(name),
                        .state = Enablement::enabled,
                        .evidence = path.str(),
                        .stop_links = stop_links(service)};
        }
    }
    for (const std::string_view folder : {"/etc/init.d", "/etc/rc.d/init.d"}) {
        const auto script = GuestPath(folder) / service;
        if (!service.empty() && files_.exists(script) && !files_.is_directory(script))
            return {.name = std::string(name),
                    .state = Enablement::disabled,
                    .evidence = script.str(),
                    .start_links = start_links(service, script)};
    }
    return {.name = std::string(name), .state = Enablement::absent};
}

std::vector<StartLink> InitScripts::start_links(std::string_view service,
                                                const GuestPath& script) const {
    // insserv orders the boot by a file of its own, which links alone would not change.
    if (files_.exists(GuestPath("/etc/init.d/.depend.start"))) return {};
    const auto text = files_.read(script);
    const auto head = text ? head_of(*text) : ScriptHead{};
    const bool apart = files_.is_directory(GuestPath("/etc/rc.d/rc3.d"));
    std::vector<StartLink> out;
    for (const char level : head.levels) {
        const auto folder =
            GuestPath((apart ? "/etc/rc.d/rc" : "/etc/rc") + std::string(1, level) + ".d");
        const auto links = files_.list(folder);
        if (!links) return {};
        for (const auto& link : *links)
            if (is_order_link(link, 'K', service))
                out.push_back({(folder / link).str(), files_.link(folder / link).value_or(""), {}});
        out.push_back({(folder / ('S' + head.order + std::string(service))).str(),
                       {},
                       "../init.d/" + std::string(service)});
    }
    return out;
}

std::vector<StartLink> InitScripts::stop_links(std::string_view service) const {
    std::vector<StartLink> out;
    std::vector<GuestPath> seen;
    for (const auto& name : folders_of("2345")) {
        // /etc/rc3.d and /etc/rc.d/rc3.d are one folder.
        const auto folder = files_.resolve(GuestPath(name));
        if (!folder || std::ranges::find(seen, *folder) != seen.end()) continue;
        seen.push_back(*folder);
        const auto links = files_.list(*folder);
        if (!links) continue;
        for (const auto& link : *links) {
            if (!is_order_link(link, 'S', service)) continue;
            const auto target = files_.link(*folder / link);
            if (!target) return {};
            out.push_back({(*folder / link).str(), *target, {}});
        }
    }
    return out;
}

std::unique_ptr<ServiceBackend> upstart_services(const FileReader& files) {
    return std::make_unique<UpstartServices>(files);
}
std::unique_ptr<ServiceBackend> sysv_services(const FileReader& files) {
    return std::make_unique<SysvServices>(files);
}
std::unique_ptr<ServiceBackend> openrc_services(const FileReader& files) {
    return std::make_unique<OpenRcServices>(files);
}

}  // namespace guestprep
