// SPDX-License-Identifier: Apache-2.0
//
// cloud-init: whether it runs on EC2 and writes the network configuration anew; and what makes a
// DHCP client give up or insist.
#include <algorithm>

#include "agent/collect/network_parts.h"
#include "agent/collect/services.h"
#include "agent/core/text.h"
#include "agent/formats/shell_settings.h"
#include "agent/formats/yaml_tree.h"

namespace guestprep {
namespace {

/// Settings that touch accounts or keys at the first start of a new instance.
constexpr std::string_view kEffects[] = {"ssh_deletekeys", "ssh_pwauth", "disable_root"};

void note_effect(CloudInit& cloud, const GuestPath& path, std::size_t line, std::string text) {
    const auto key = text.substr(0, text.find(':') + 1);
    std::erase_if(cloud.effects, [&](const ConfigLine& one) { return one.text.starts_with(key); });
    cloud.effects.push_back(config_line(path.str(), line, text));
}

void note_effects(CloudInit& cloud, const GuestPath& path, const YamlNode& root) {
    for (const auto key : kEffects)
        if (const auto* member = root.find(key); member != nullptr)
            note_effect(cloud, path, member->line,
                        std::string(key) + ": " + root.scalar(key).value_or(""));
    const auto* const system = root.find("system_info");
    if (system == nullptr) return;
    if (const auto* user = system->value.find("default_user"); user != nullptr)
        note_effect(cloud, path, user->line,
                    "default_user: " + user->value.scalar("name").value_or("?"));
}

/// Lays one file of cloud.cfg over those before it. False where it cannot be read.
bool lay_over(CloudInit& cloud, const GuestPath& path, const std::string& text) {
    const auto root = parse_yaml(text);
    if (!root) return false;
    if (const auto* list = root->find("datasource_list"); list != nullptr) {
        cloud.datasources = root->scalars("datasource_list");
        cloud.datasource_list = config_line(
            path.str(), list->line, "datasource_list: [" + join(cloud.datasources, ", ") + ']');
    }
    note_effects(cloud, path, *root);
    if (const auto* network = root->find("network"); network != nullptr) {
        const auto config = network->value.scalar("config");
        cloud.network_disabled = config == "disabled" ? config_line(path.str(), network->line,
                                                                    "network: {config: disabled}")
                                                      : ConfigLine{};
    }
    return true;
}

bool has_word(const std::string& text, std::string_view word) {
    const auto words = words_of(text);
    return std::ranges::find(words, word) != words.end();
}

}  // namespace

void NetworkReader::cloud_init() {
    const GuestPath main("/etc/cloud/cloud.cfg");
    if (!files.exists(main) && !files.exists(GuestPath("/usr/bin/cloud-init"))) {
        facts.cloud_init = failure(Errc::not_found, "cloud-init is not installed");
        return;
    }
    CloudInit cloud;
    std::vector<GuestPath> paths{main};
    for (const auto& path : layered({"/etc/cloud/cloud.cfg.d"}, ".cfg")) paths.push_back(path);
    for (const auto& path : paths) {
        const auto read = files.read(path);
        if (!read && read.error().code == Errc::not_found) continue;
        if (!read || !lay_over(cloud, path, *read)) {
            facts.cloud_init =
                read ? Fact<CloudInit>(
                           failure(Errc::bad_syntax, path.str() + ": cannot be read as YAML"))
                     : Fact<CloudInit>(failure(read.error().code, read.error().message));
            return;
        }
    }
    const GuestPath off("/etc/cloud/cloud-init.disabled");
    // Its content matters to nobody but undo.
    if (const auto text = files.read(off); text || text.error().code != Errc::not_found)
        cloud.disabled = {off.str(), "the file is there"};
    if (const auto grub = files.read(GuestPath("/etc/default/grub"));
        grub && contains(*grub, "cloud-init=disabled"))
        cloud.disabled = {"/etc/default/grub", "cloud-init=disabled"};
    if (host.running)
        if (const auto line = files.read(GuestPath("/proc/cmdline"));
            line && has_word(*line, "cloud-init=disabled"))
            cloud.disabled = {"/proc/cmdline", "cloud-init=disabled"};
    if (const auto policy = files.read(GuestPath("/etc/cloud/ds-identify.cfg"));
        policy && contains(*policy, "policy: disabled"))
        cloud.ds_identify = {"/etc/cloud/ds-identify.cfg", "policy: disabled"};

    static constexpr std::string_view kUnits[] = {"cloud-init-local", "cloud-init",
                                                  "cloud-init-main"};
    const auto state = services.first_of(kUnits);
    if (state.state == Enablement::masked && !cloud.disabled.is_set())
        cloud.disabled = {state.evidence, state.name + " is masked"};
    // A generator adds it to the boot, whatever is enabled.
    const bool generated =
        files.exists(GuestPath("/usr/lib/systemd/system-generators/cloud-init-generator")) ||
        files.exists(GuestPath("/lib/systemd/system-generators/cloud-init-generator"));
    cloud.starts = !cloud.disabled.is_set() &&
                   ((generated && services.init() == InitSystem::systemd) || state.starts());
    facts.cloud_init = std::move(cloud);
}

void NetworkReader::dhcp_limits() {
    std::vector<GuestPath> paths;
    for (const auto* folder : {"/etc", "/etc/dhcp", "/etc/dhcp3"}) {
        const auto names = files.list(GuestPath(folder));
        if (!names) continue;
        for (const auto& name : *names)
            if (name.starts_with("dhclient") && name.ends_with(".conf"))
                paths.push_back(GuestPath(folder) / name);
    }
    for (const auto& path : paths) {
        const auto read = files.read(path);
        if (!read) {
            facts.dhcp_limits = failure(read.error().code, read.error().message);
            return;
        }
        const auto lines = lines_of(*read);
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const auto words = words_of(lines[i], " \t;");
            if (words.empty() || words[0].starts_with('#')) continue;
            const bool insists =
                words[0] == "supersede" || words[0] == "reject" || words[0] == "interface" ||
                (words[0] == "send" && words.size() > 2 && words[1] == "dhcp-client-identifier" &&
                 !contains(lines[i], "hardware"));
            if (insists) facts.dhcp_limits->push_back(config_line(path.str(), i + 1, lines[i]));
        }
    }
}

}  // namespace guestprep
