// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "agent/core/result.h"
#include "agent/facts/network.h"

namespace guestprep {

/// /etc/selinux/config and what belongs to it.
struct SelinuxState {
    std::string mode;  ///< "enforcing", "permissive", "disabled"
    std::string type;  ///< "targeted"
    ConfigLine line;   ///< what sets the mode
    bool has_policy = false;
    bool relabels = false;  ///< /.autorelabel is there

    static void fields(auto& self, auto&& visit) {
        visit("mode", self.mode);
        visit("type", self.type);
        visit("line", self.line);
        visit("has_policy", self.has_policy);
        visit("relabels", self.relabels);
    }
};

/// What stands against an edit of the guest's files from outside, as AWS does it.
struct OfflineEditFacts {
    Fact<SelinuxState> selinux;  ///< absent where SELinux is not configured
    /// Signs of a root file system that is read-only, or whose changes do not last.
    std::vector<ConfigLine> read_only_root;
    /// Files that an import edits and that are immutable or append-only (chattr).
    Fact<std::vector<ConfigLine>> immutable_files;

    static void fields(auto& self, auto&& visit) {
        visit("selinux", self.selinux);
        visit("read_only_root", self.read_only_root);
        visit("immutable_files", self.immutable_files);
    }
};

}  // namespace guestprep
