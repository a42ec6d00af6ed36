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

constexpr std::string_view kOptIn = "only with net.ifnames=1";

/// The kernel's command line at the next boot.
Fact<ConfigLine> next_command_line(const Facts& all) {
    if (const auto* entry = all.boot.default_entry(); entry != nullptr) {
        const auto& at =
            entry->command_line_where.empty() ? entry->where : entry->command_line_where;
        return ConfigLine{at, entry->command_line};
    }
    // What started this system will start it again, as far as anybody can tell.
    if (all.os.running_command_line)
        return ConfigLine{"/proc/cmdline", *all.os.running_command_line};
    const auto why = all.boot.default_boot ? "no entry starts" : all.boot.default_boot.why();
    return failure(Errc::unsupported, "the kernel's command line is not known: " + why);
}

bool has_word(const ConfigLine& line, std::string_view word) {
    const auto words = words_of(line.text);
    return std::ranges::find(words, word) != words.end();
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
    // SUSE up to release 15 and what is older than 2015 elsewhere number their NICs: eth0, eth1.
    bool hidden = false;
    if (const auto path = rule_file(reader, "75-persistent-net-generator.rules", hidden);
        path && !hidden)
        return Naming{NamingPolicy::classic, {path->str(), std::string(kOptIn)}, {}};
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
                    return Naming{
                        NamingPolicy::classic, config_line(path->str(), rule.line, kOptIn), {}};
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
        const bool pci = place && contains(place->str(), "/pci");
        const bool named = std::ranges::any_of(
            facts.name_rules, [&](const NicNameRule& rule) { return rule.name == nic.name; });
        if (pci && !named && nic.name.starts_with("eth")) return &nic;
    }
    return nullptr;
}

bool has_link_folder(const FileReader& files) {
    return files.is_directory(GuestPath("/usr/lib/systemd/network")) ||
           files.is_directory(GuestPath("/lib/systemd/network"));
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
    const bool opt_in = naming && contains(naming->because.text, kOptIn);
    if (!naming || (naming->policy == NamingPolicy::classic && !opt_in)) return;
    const auto line = next_command_line(all);
    const auto link = by_link_file(*this);
    if (opt_in) {
        if (line && has_word(*line, "net.ifnames=1"))
            naming = Naming{NamingPolicy::predictable, {line->at, "net.ifnames=1"}, {}};
    } else if (link && !link->fixed_name.empty()) {
        naming = *link;
    } else if (line && has_word(*line, "net.ifnames=0")) {
        naming = Naming{NamingPolicy::classic, {line->at, "net.ifnames=0"}, {}};
    } else if (const auto* nic = classic_nic(facts, files); nic != nullptr) {
        naming = Naming{NamingPolicy::classic,
                        {"/sys/class/net/" + nic->name, "a PCI device has this name now"},
                        {}};
    } else if (!link && has_link_folder(files)) {
        // udev 209 and later name by .link files alone.
        naming = Naming{NamingPolicy::classic,
                        {"/etc/systemd/network/99-default.link", "no .link file in force"},
                        {}};
    } else if (!line) {
        naming = Result<Naming>(std::unexpected(line.error()));
    } else if (link) {
        naming = *link;
    }
}

}  // namespace guestprep
