// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "agent/core/result.h"
#include "agent/formats/answer_file.h"

namespace guestprep {

/// One key below Uninstall.
struct InstalledProgram {
    std::string key;  ///< "{GUID}" or a name
    std::string name, version, publisher;
    bool is_32_bit = false;  ///< from the Wow6432Node view

    static void fields(auto& self, auto&& visit) {
        visit("key", self.key);
        visit("name", self.name);
        visit("version", self.version);
        visit("publisher", self.publisher);
        visit("is_32_bit", self.is_32_bit);
    }
};

/// Something that waits for the next start.
struct PendingWork {
    std::string where;  ///< the key or value
    std::string what;   ///< "servicing", "update", "rename", "join", "computer name"

    static void fields(auto& self, auto&& visit) {
        visit("where", self.where);
        visit("what", self.what);
    }
};

/// Windows\\Panther\\unattend.xml, looked through. Nothing of its passwords is kept.
struct AnswerFileFacts {
    std::string path;
    std::vector<AnswerProblem> problems;

    static void fields(auto& self, auto&& visit) {
        visit("path", self.path);
        visit("problems", self.problems);
    }
};

struct WindowsSoftwareFacts {
    Fact<std::vector<InstalledProgram>> programs;
    Fact<std::uint64_t> net35, net35_service_pack;  ///< NDP\v3.5 Install, SP
    Fact<std::uint64_t> net4_release;               ///< NDP\v4\Full Release
    Fact<std::vector<std::string>> net_versions;    ///< subkeys of NDP
    Fact<std::string> powershell;                   ///< of the newest engine
    Fact<std::vector<std::string>> hotfixes;        ///< "KB2922223", those that are installed
    Fact<std::uint64_t> updates_off_by_policy;      ///< NoAutoUpdate
    Fact<std::uint64_t> update_option_by_policy;    ///< AUOptions
    Fact<std::uint64_t> update_option;              ///< AUOptions, set locally
    Fact<std::vector<PendingWork>> pending;
    Fact<std::string> image_state;
    Fact<std::uint64_t> setup_type, setup_in_progress, oobe_in_progress, upgrade_in_progress;
    Fact<std::string> setup_command;
    Fact<std::uint64_t> generalization_state;
    Fact<std::vector<std::string>> upgraded_from;             ///< "Source OS (Updated on ...)"
    Fact<std::vector<std::string>> deny_device_installation;  ///< values that are set to 1
    Fact<std::vector<std::string>> application_control;       ///< policies that may stop programs
    Fact<std::uint64_t> driver_signing;                       ///< 2003: 0 ignore, 1 warn, 2 block
    Fact<std::string> key_server;                             ///< KMS host
    Fact<AnswerFileFacts> answer_file;

    static void fields(auto& self, auto&& visit) {
        visit("programs", self.programs);
        visit("net35", self.net35);
        visit("net35_service_pack", self.net35_service_pack);
        visit("net4_release", self.net4_release);
        visit("net_versions", self.net_versions);
        visit("powershell", self.powershell);
        visit("hotfixes", self.hotfixes);
        visit("updates_off_by_policy", self.updates_off_by_policy);
        visit("update_option_by_policy", self.update_option_by_policy);
        visit("update_option", self.update_option);
        visit("pending", self.pending);
        visit("image_state", self.image_state);
        visit("setup_type", self.setup_type);
        visit("setup_in_progress", self.setup_in_progress);
        visit("oobe_in_progress", self.oobe_in_progress);
        visit("upgrade_in_progress", self.upgrade_in_progress);
        visit("setup_command", self.setup_command);
        visit("generalization_state", self.generalization_state);
        visit("upgraded_from", self.upgraded_from);
        visit("deny_device_installation", self.deny_device_installation);
        visit("application_control", self.application_control);
        visit("driver_signing", self.driver_signing);
        visit("key_server", self.key_server);
        visit("answer_file", self.answer_file);
    }
};

}  // namespace guestprep
