// SPDX-License-Identifier: Apache-2.0
//
// Which units systemd will start: everything that default.target reaches through wants and
// requirements. "systemctl is-enabled" cannot be asked: it talks about a running system only, and
// calls a unit enabled that hangs on a target which nothing boots.
#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <set>

#include "agent/collect/service_backends.h"
#include "agent/core/text.h"
#include "agent/formats/ini_file.h"

namespace guestprep {
namespace {

constexpr std::size_t kMostUnits = 5000;  // a real system has some hundreds
constexpr std::string_view kSuffixes[] = {".service", ".socket", ".target",    ".timer",
                                          ".path",    ".mount",  ".automount", ".swap",
                                          ".slice",   ".scope",  ".device"};
constexpr std::string_view kDependencies[] = {"Wants", "Requires", "BindsTo", "Upholds"};
constexpr std::string_view kLinkFolders[] = {".wants", ".requires", ".upholds"};

/// One folder of unit files. Folders are listed once: asking for each name in each folder would be
/// thousands of look-ups.
struct Folder {
    GuestPath path;
    std::vector<std::string> names;

    [[nodiscard]] bool has(std::string_view name) const {
        return std::ranges::binary_search(names, name);
    }
};

struct Unit {
    std::string name;  ///< as the file is called, aliases resolved
    GuestPath path;    ///< where it was found
    bool masked = false;
};

/// A name to walk from: a unit, or another name of one.
struct Step {
    std::string name;
    std::optional<Unit> unit;
};

std::string full_name(std::string_view name) {
    const bool typed = std::ranges::any_of(
        kSuffixes, [&](std::string_view suffix) { return name.ends_with(suffix); });
    return std::string(name) + (typed ? "" : ".service");
}

/// "getty@tty1.service" comes from "getty@.service".
std::optional<std::string> template_of(std::string_view name) {
    const auto at = name.find('@');
    const auto dot = name.rfind('.');
    if (at == std::string_view::npos || dot == std::string_view::npos || dot < at + 2)
        return std::nullopt;
    return std::string(name.substr(0, at + 1)) + std::string(name.substr(dot));
}

/// %i and %I in the name of a dependency; other specifiers are left alone and match no unit.
std::string with_instance(std::string text, std::string_view unit) {
    const auto at = unit.find('@');
    if (at == std::string_view::npos) return text;
    const auto instance = unit.substr(at + 1, unit.rfind('.') - at - 1);
    for (const std::string_view specifier : {"%i", "%I"})
        if (const auto found = text.find(specifier); found != std::string::npos)
            text.replace(found, 2, instance);
    return text;
}

class SystemdServices final : public ServiceBackend {
public:
    SystemdServices(const FileReader& files, bool running) : files_(files), scripts_(files) {
        // What a generator made at this boot it will make again. The rest of /run is gone by then,
        // masks made with --runtime among it.
        if (running) add_folder("/run/systemd/generator.early");
        add_folder("/etc/systemd/system");
        if (running) add_folder("/run/systemd/generator");
        for (const std::string_view base : {"/usr/local/lib", "/usr/lib", "/lib"})
            add_folder(std::string(base) + "/systemd/system");
        if (running) add_folder("/run/systemd/generator.late");
        walk();
    }

    ServiceState state(std::string_view name) const override;
    std::optional<IniFile> unit_file(std::string_view name) const override {
        const auto unit = find(full_name(name));
        return unit && !unit->masked ? std::optional(contents(*unit)) : std::nullopt;
    }

private:
    void add_folder(const std::string& path);
    [[nodiscard]] std::optional<Unit> find(std::string_view name, int depth = 0) const;
    [[nodiscard]] std::optional<Unit> unit_at(const Folder& folder, const std::string& name,
                                              int depth) const;
    [[nodiscard]] std::string default_target() const;
    void walk();
    void reach(std::string_view name, std::string why);
    void follow(const Unit& unit);
    void follow_links(const std::string& name);
    [[nodiscard]] IniFile contents(const Unit& unit) const;
    [[nodiscard]] std::string failed_condition(const IniFile& unit) const;
    [[nodiscard]] ServiceState script_state(std::string_view name) const;
    void add_start_links(const Unit& unit, bool also, std::vector<StartLink>& to) const;
    void add_unmask_links(const Unit& unit, std::vector<StartLink>& to) const;
    void add_stop_links(const std::string& name, std::vector<StartLink>& to) const;

    const FileReader& files_;
    InitScripts scripts_;
    std::vector<Folder> folders_;  ///< the first that has a unit wins
    std::optional<Error> trouble_;
    std::map<std::string, std::string> reached_;   ///< unit -> the link or line that asks for it
    std::map<std::string, std::string> triggers_;  ///< unit -> the socket, timer or path above it
    std::set<std::string> aliases_;                ///< other names of units, as they were met
    std::deque<Step> queue_;
};

void SystemdServices::add_folder(const std::string& path) {
    const auto real = files_.resolve(GuestPath(path));
    if (!real) return;
    // /lib is a link to /usr/lib on merged systems.
    if (std::ranges::any_of(folders_, [&](const Folder& f) { return f.path == *real; })) return;
    auto names = files_.list(*real);
    if (!names) {
        trouble_ = names.error();
        return;
    }
    std::ranges::sort(*names);
    folders_.push_back({*real, std::move(*names)});
}

std::optional<Unit> SystemdServices::unit_at(const Folder& folder, const std::string& name,
                                             int depth) const {
    const auto path = folder.path / name;
    const auto info = files_.link_info(path);
    if (!info) return std::nullopt;
    if (info->kind != FileKind::link) {
        // A directory of that name is no unit; an empty file masks as a link to /dev/null does.
        if (info->kind != FileKind::regular) return std::nullopt;
        return Unit{name, path, info->size == 0};
    }
    const auto target = files_.link(path);
    if (!target) return std::nullopt;
    const auto pointed = path.link_target(*target);
    if (pointed.str() == "/dev/null") return Unit{name, path, true};
    const std::string other(pointed.name());
    // "linked" units live outside the folders under the same name.
    if (other == name || template_of(name) == other)
        return files_.exists(path) ? std::optional(Unit{name, path}) : std::nullopt;
    if (auto unit = find(other, depth + 1)) return unit;
    return files_.exists(path) ? std::optional(Unit{name, path}) : std::nullopt;
}

std::optional<Unit> SystemdServices::find(std::string_view name, int depth) const {
    if (depth > 8 || name.empty() || name.find('/') != std::string_view::npos) return std::nullopt;
    const std::string wanted(name);
    for (const auto& folder : folders_)
        if (folder.has(wanted))
            if (auto unit = unit_at(folder, wanted, depth)) return unit;
    const auto pattern = template_of(name);
    if (!pattern) return std::nullopt;
    for (const auto& folder : folders_)
        if (folder.has(*pattern))
            if (auto unit = unit_at(folder, *pattern, depth)) {
                if (unit->name == *pattern) unit->name = wanted;
                return unit;
            }
    return std::nullopt;
}

IniFile SystemdServices::contents(const Unit& unit) const {
    std::string text;
    if (auto read = files_.read(unit.path, std::size_t{1} << 20)) text = std::move(*read);
    // Drop-ins: their names sort across folders, and a folder hides the same name further down.
    std::map<std::string, GuestPath> drop_ins;
    for (const auto& owner : {std::optional(unit.name), template_of(unit.name)})
        for (const auto& folder : folders_) {
            if (!owner || !folder.has(*owner + ".d")) continue;
            const auto place = folder.path / (*owner + ".d");
            if (const auto names = files_.list(place))
                for (const auto& name : *names)
                    if (name.ends_with(".conf")) drop_ins.try_emplace(name, place / name);
        }
    for (const auto& [name, path] : drop_ins)
        if (const auto read = files_.read(path, std::size_t{1} << 20)) text += "\n" + *read;
    return IniFile(text, IniDialect::systemd);
}

std::string SystemdServices::default_target() const {
    if (const auto unit = find("default.target"); unit && !unit->masked) return unit->name;
    return "multi-user.target";
}

void SystemdServices::walk() {
    const auto target = default_target();
    reach("default.target", "default.target");
    reach(target, "default.target");
    if (target != "rescue.target" && target != "emergency.target") {
        // Every unit needs these by default. Where no unit is shipped (a disk that holds only
        // /etc), the usual targets are taken to pull one another in as they always do.
        std::vector<std::string_view> usual{"basic.target", "sysinit.target"};
        if (!find("basic.target"))
            usual.insert(usual.end(),
                         {"multi-user.target", "sockets.target", "timers.target", "paths.target"});
        for (const auto name : usual) reach(name, target);
    }
    while (!queue_.empty() && reached_.size() < kMostUnits) {
        const auto step = std::move(queue_.front());
        queue_.pop_front();
        follow_links(step.name);
        if (step.unit) follow(*step.unit);
    }
}

void SystemdServices::reach(std::string_view name, std::string why) {
    auto unit = find(name);
    if (unit && unit->masked) return;
    // A target needs no file of its own to have a .wants folder. Other names without a unit may
    // still be init scripts.
    if (!unit && name.ends_with(".target")) unit = Unit{std::string(name), {}};
    const auto own_name = unit ? unit->name : std::string(name);
    const bool known = !reached_.try_emplace(own_name, std::move(why)).second;
    if (unit && !known) queue_.push_back({own_name, unit});
    // What hangs on an alias hangs on the unit.
    if (own_name != name && aliases_.emplace(name).second)
        queue_.push_back({std::string(name), std::nullopt});
}

void SystemdServices::follow_links(const std::string& name) {
    for (const auto& owner : {std::optional(name), template_of(name)})
        for (const auto& folder : folders_)
            for (const auto suffix : kLinkFolders) {
                if (!owner || !folder.has(*owner + std::string(suffix))) continue;
                const auto place = folder.path / (*owner + std::string(suffix));
                if (const auto links = files_.list(place))
                    for (const auto& link : *links) reach(link, (place / link).str());
            }
}

void SystemdServices::follow(const Unit& unit) {
    const auto file = contents(unit);
    for (const auto key : kDependencies)
        for (const auto& other : unit_words(file, "Unit", key))
            reach(with_instance(other, unit.name),
                  unit.path.str() + ": " + std::string(key) + "=" + other);
    const auto stem = unit.name.substr(0, unit.name.rfind('.'));
    if (unit.name.ends_with(".socket")) {
        const auto service = file.value("Socket", "Service").value_or("");
        triggers_[service.empty() ? stem + ".service" : service] = unit.name;
    } else if (unit.name.ends_with(".timer") || unit.name.ends_with(".path")) {
        const auto section = unit.name.ends_with(".timer") ? "Timer" : "Path";
        const auto service = file.value(section, "Unit").value_or("");
        triggers_[service.empty() ? stem + ".service" : service] = unit.name;
    }
}

/// Conditions on files that outlive a boot, such as Debian's /etc/ssh/sshd_not_to_be_run.
std::string SystemdServices::failed_condition(const IniFile& unit) const {
    std::string failed;
    for (const auto& entry : unit.entries()) {
        const auto& section = entry.section;
        const auto& key = entry.key;
        const auto& value = entry.value;
        if (section != "Unit" || (key != "ConditionPathExists" && key != "AssertPathExists"))
            continue;
        if (value.empty()) failed.clear();
        const bool negated = value.starts_with('!');
        const auto path = value.substr(negated ? 1 : 0);
        if (!path.starts_with("/etc/") && !path.starts_with("/usr/")) continue;
        if (path.find('%') != std::string::npos) continue;
        if (files_.exists(GuestPath(path)) == negated && failed.empty()) failed = key + "=" + value;
    }
    return failed;
}

ServiceState SystemdServices::script_state(std::string_view name) const {
    if (!name.ends_with(".service"))
        return {.name = std::string(name), .state = Enablement::absent};
    const bool multi_user = reached_.contains("multi-user.target");
    const bool graphical = reached_.contains("graphical.target");
    std::string runlevels = multi_user ? "234" : "";
    if (graphical) runlevels += '5';
    return scripts_.state(name, runlevels);
}

/// The links that "systemctl enable" makes. `also`: those of the units that [Install] names too.
void SystemdServices::add_start_links(const Unit& unit, bool also,
                                      std::vector<StartLink>& to) const {
    const auto file = contents(unit);
    const auto add = [&](const std::string& link) {
        const auto path = GuestPath("/etc/systemd/system") / link;
        if (link.find('%') == std::string::npos && !files_.link_info(path))
            to.push_back({path.str(), {}, unit.path.str()});
    };
    for (const auto& [key, folder] :
         {std::pair("WantedBy", ".wants/"), std::pair("RequiredBy", ".requires/")})
        for (const auto& target : unit_words(file, "Install", key))
            add(target + folder + unit.name);
    for (const auto& alias : unit_words(file, "Install", "Alias")) add(alias);
    if (!also) return;
    for (const auto& name : unit_words(file, "Install", "Also"))
        if (const auto other = find(name); other && !other->masked && other->name != unit.name)
            add_start_links(*other, false, to);
}

constexpr const char* kOwnUnits = "/etc/systemd/system";

/// The mask goes, and what it hides is enabled.
void SystemdServices::add_unmask_links(const Unit& unit, std::vector<StartLink>& to) const {
    const auto target = files_.link(unit.path);
    if (unit.path.parent() != GuestPath(kOwnUnits) || !target) return;
    to.push_back({unit.path.str(), *target, {}});
    for (const auto& folder : folders_) {
        if (folder.path == unit.path.parent() || !folder.has(unit.name)) continue;
        const auto below = unit_at(folder, unit.name, 0);
        if (!below) continue;
        if (below->masked)
            to.clear();
        else
            add_start_links(*below, true, to);
        return;
    }
}

/// A mask; where the unit's own file stands in its place, the links that start it go.
void SystemdServices::add_stop_links(const std::string& name, std::vector<StartLink>& to) const {
    const GuestPath own(kOwnUnits);
    const auto path = own / name;
    const auto info = files_.link_info(path);
    if (!info || info->kind == FileKind::link) {
        to.push_back({path.str(), info ? files_.link(path).value_or("") : "", "/dev/null"});
        return;
    }
    const auto folders = files_.list(own);
    if (!folders) return;
    for (const auto& folder : *folders)
        for (const auto suffix : kLinkFolders)
            if (folder.ends_with(suffix))
                if (const auto target = files_.link(own / folder / name))
                    to.push_back({(own / folder / name).str(), *target, {}});
}

ServiceState SystemdServices::state(std::string_view asked) const {
    const auto name = full_name(asked);
    if (trouble_) return {.name = std::string(asked), .note = trouble_->message};
    const auto unit = find(name);
    if (!unit) {
        auto script = script_state(name);
        script.name = asked;
        // A unit that wants an init script starts it as well.
        if (const auto why = reached_.find(name);
            script.state == Enablement::disabled && why != reached_.end()) {
            script.state = Enablement::enabled;
            script.evidence = why->second;
        }
        script.stop_links.clear();
        if (script.state == Enablement::enabled) add_stop_links(name, script.stop_links);
        return script;
    }
    ServiceState out{.name = std::string(asked), .evidence = unit->path.str()};
    if (unit->masked) {
        out.state = Enablement::masked;
        add_unmask_links(*unit, out.start_links);
        return out;
    }
    const auto file = contents(*unit);
    if (const auto why = reached_.find(unit->name); why != reached_.end()) {
        out.state = Enablement::enabled;
        out.evidence = why->second;
        if (auto failed = failed_condition(file); !failed.empty()) {
            out.held_back = true;
            out.note = unit->path.str() + ": " + failed + " does not hold";
        }
        add_stop_links(unit->name, out.stop_links);
        return out;
    }
    out.state = file.has_section("Install") ? Enablement::disabled : Enablement::fixed;
    if (out.state == Enablement::disabled) add_start_links(*unit, true, out.start_links);
    if (const auto trigger = triggers_.find(unit->name); trigger != triggers_.end())
        out.note = "started by " + trigger->second;
    return out;
}

}  // namespace

std::unique_ptr<ServiceBackend> systemd_services(const FileReader& files, bool running) {
    return std::make_unique<SystemdServices>(files, running);
}

}  // namespace guestprep
