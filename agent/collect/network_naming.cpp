// SPDX-License-Identifier: Apache-2.0
//
// How udev will call a NIC: .link files, udev's rules, the kernel's command line.
#include <algorithm>

#include "agent/collect/network_units.h"
#include "agent/core/text.h"
#include "agent/formats/networkd.h"
#include "agent/formats/udev_rules.h"

namespace guestprep {
namespace {

const std::vector<std::string_view> kRuleFolders = {"/etc/udev/rules.d", "/usr/lib/udev/rules.d",
                                                    "/lib/udev/rules.d"};

/// What the next boot's kernel lines say of an argument.
struct Argument {
    ConfigLine set;    ///< a line that has it
    ConfigLine unset;  ///< a line that has it not
};

bool is_kernel_line(std::string_view word) {
    static constexpr std::string_view kWords[] = {"linux",  "linux16", "linuxefi",
                                                  "kernel", "append",  "options"};
    return std::ranges::find(kWords, lowercase(word)) != std::end(kWords);
}

void look_in(NetworkReader& reader, const GuestPath& path, std::string_view argument,
             Argument& found) {
    const auto text = reader.files.read(path);
    if (!text) return;
    const auto lines = lines_of(*text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto words = words_of(lines[i]);
        if (words.empty()) continue;
        const bool environment = words[0].starts_with("kernelopts=");
        // RHEL 8's entries keep their arguments in grubenv.
        const bool elsewhere = contains(lines[i], "$kernelopts");
        if ((!is_kernel_line(words[0]) && !environment) || elsewhere) continue;
        // Memory testers and the like have no root file system.
        if (!contains(lines[i], "root=")) continue;
        const bool has = std::ranges::find(words, argument) != words.end();
        (has ? found.set : found.unset) = config_line(path.str(), i + 1, lines[i]);
    }
}

Argument argument_at_next_boot(NetworkReader& reader, std::string_view argument) {
    Argument found;
    for (const auto* path : {"/boot/grub2/grub.cfg", "/boot/grub/grub.cfg", "/boot/grub2/grubenv",
                             "/boot/grub/grubenv", "/boot/grub/grub.conf", "/boot/grub/menu.lst",
                             "/boot/extlinux/extlinux.conf"})
        look_in(reader, GuestPath(path), argument, found);
    for (const auto* folder : {"/boot/loader/entries", "/boot/efi/loader/entries"})
        if (const auto names = reader.files.list(GuestPath(folder)))
            for (const auto& name : *names)
                if (name.ends_with(".conf"))
                    look_in(reader, GuestPath(folder) / name, argument, found);
    if (!found.set.is_set() && !found.unset.is_set() && reader.host.running)
        if (const auto line = reader.files.read(GuestPath("/proc/cmdline"))) {
            const auto words = words_of(*line);
            (std::ranges::find(words, argument) != words.end() ? found.set : found.unset) =
                config_line("/proc/cmdline", 1, *line);
        }
    return found;
}

/// The first of systemd's .link files that would take a NIC nobody has seen before.
std::optional<Naming> by_link_file(NetworkReader& reader) {
    for (const auto& unit : network_units(reader, ".link")) {
        const auto link = read_link(unit.files);
        const auto& match = link.match;
        if (!match.macs.empty() || !match.paths.empty() || !match.unjudged.empty() ||
            !networkd_list_matches(match.types, "ether") ||
            !(match.drivers.empty() || networkd_list_matches(match.drivers, "ena")) ||
            !(match.names.empty() || networkd_list_matches(match.names, "eth0")))
            continue;
        const auto path = unit.paths[0].str();
        Naming naming{NamingPolicy::classic, {path, ""}, {}};
        const auto policy = link.name_policy.value_or(std::vector<std::string>{});
        naming.because.text = "NamePolicy=" + join(policy, " ");
        const bool by_place = std::ranges::any_of(policy, [](const std::string& word) {
            return word == "onboard" || word == "slot" || word == "path" || word == "mac";
        });
        if (by_place) {
            naming.policy = NamingPolicy::predictable;
        } else if (link.name) {
            naming.fixed_name = *link.name;
            naming.because.text = "Name=" + *link.name;
        }
        return naming;
    }
    return std::nullopt;
}

/// The file of udev's rules that counts; `masked` where it is a link to /dev/null.
std::optional<GuestPath> rule_file(NetworkReader& reader, std::string_view name, bool& masked) {
    for (const auto folder : kRuleFolders) {
        const auto path = GuestPath(folder) / name;
        const auto target = reader.files.link(path);
        masked = target && *target == "/dev/null";
        if (masked || reader.files.exists(path)) return path;
    }
    return std::nullopt;
}

Fact<Naming> by_rules(NetworkReader& reader) {
    for (const auto* name : {"80-net-setup-link.rules", "80-net-name-slot.rules"}) {
        bool masked = false;
        const auto path = rule_file(reader, name, masked);
        if (!path) continue;
        if (masked) return Naming{NamingPolicy::classic, {path->str(), "/dev/null"}, {}};
        const auto text = reader.files.read(*path);
        if (!text) return Result<Naming>(std::unexpected(text.error()));
        // Debian 8 and its time wanted to be asked for it.
        for (const auto& rule : parse_udev_rules(*text))
            for (const auto& token : rule.tokens)
                if (token.key == "ENV" && token.attribute == "net.ifnames" && token.value == "1")
                    return Naming{NamingPolicy::classic,
                                  config_line(path->str(), rule.line, "only with net.ifnames=1"),
                                  {}};
        return Naming{
            NamingPolicy::predictable, {path->str(), "udev's rule for names by place"}, {}};
    }
    const bool has_udev = std::ranges::any_of(kRuleFolders, [&](std::string_view folder) {
        const auto names = reader.files.list(GuestPath(folder));
        return names && !folder.starts_with("/etc") && !names->empty();
    });
    if (!has_udev)
        return failure(Errc::not_found, "no udev rules are there to tell how interfaces are named");
    return Naming{NamingPolicy::classic, {"/lib/udev/rules.d", "no rule for names by place"}, {}};
}

/// A NIC on the PCI bus that is called eth0 now, and that no rule calls so, shows the policy.
const Nic* classic_nic(const NetworkFacts& facts, const FileReader& files) {
    if (!facts.nics) return nullptr;
    for (const auto& nic : *facts.nics) {
        const auto place = files.resolve(GuestPath("/sys/class/net") / nic.name / "device");
        const bool pci =
            place && contains(place->str(), "/pci") && !contains(place->str(), "virtio0/");
        const bool named = std::ranges::any_of(
            facts.name_rules, [&](const NicNameRule& rule) { return rule.name == nic.name; });
        if (pci && !named && nic.name.starts_with("eth")) return &nic;
    }
    return nullptr;
}

void collect_rules(NetworkReader& reader) {
    for (const auto& path : reader.layered(kRuleFolders, ".rules")) {
        // Packages bring a hundred files; those that may name a NIC say so.
        if (!path.str().starts_with("/etc/") && !contains(path.name(), "net")) continue;
        const auto text = reader.text(path);
        if (!text) continue;
        const auto lines = lines_of(*text);
        for (const auto& rule : net_name_rules(parse_udev_rules(*text)))
            if (!rule.mac.empty())
                reader.facts.name_rules.push_back(
                    {rule.mac, rule.name, config_line(path.str(), rule.line, lines[rule.line - 1]),
                     false});
    }
    for (const auto& unit : network_units(reader, ".link")) {
        const auto link = read_link(unit.files);
        for (const auto& mac : link.match.macs) {
            const auto* entry = unit.files[0].find("Match", "MACAddress");
            reader.facts.name_rules.push_back(
                {lowercase(mac), link.name.value_or(""),
                 config_line(unit.paths[0].str(), entry == nullptr ? 1 : entry->line,
                             "MACAddress=" + mac),
                 true});
        }
    }
}

}  // namespace

void NetworkReader::naming() {
    collect_rules(*this);
    auto& naming = facts.naming;
    naming = by_rules(*this);
    if (!naming || naming->policy == NamingPolicy::classic) {
        const auto asked = argument_at_next_boot(*this, "net.ifnames=1");
        const bool opt_in = naming && contains(naming->because.text, "net.ifnames=1");
        if (opt_in && asked.set.is_set()) naming = Naming{NamingPolicy::predictable, asked.set, {}};
        return;
    }
    const auto link = by_link_file(*this);
    const auto off = argument_at_next_boot(*this, "net.ifnames=0");
    if (link && !link->fixed_name.empty()) {
        naming = *link;
    } else if (off.set.is_set() && off.unset.is_set()) {
        naming = failure(Errc::unsupported, "boot entries differ: " + off.set.at +
                                                " has net.ifnames=0, " + off.unset.at + " has not");
    } else if (off.set.is_set()) {
        naming = Naming{NamingPolicy::classic, off.set, {}};
    } else if (const auto* nic = classic_nic(facts, files); nic != nullptr) {
        naming = Naming{NamingPolicy::classic,
                        {"/sys/class/net/" + nic->name, "a PCI device has this name now"},
                        {}};
    } else if (link) {
        naming = *link;
    } else if (files.is_directory(GuestPath("/usr/lib/systemd/network")) ||
               files.is_directory(GuestPath("/lib/systemd/network"))) {
        // udev 209 and later name by .link files alone.
        bool masked = false;
        if (rule_file(*this, "80-net-setup-link.rules", masked))
            naming = Naming{NamingPolicy::classic,
                            {"/etc/systemd/network/99-default.link", "no .link file in force"},
                            {}};
    }
}

}  // namespace guestprep
