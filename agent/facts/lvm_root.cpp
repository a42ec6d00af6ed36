// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/lvm_root.h"

#include <algorithm>

#include "agent/formats/kernel_command_line.h"

namespace guestprep {

Truth system_is_on_lvm(const Facts& facts) {
    const auto& storage = facts.storage;
    bool all_known = true;
    for (const auto* directory : {"/", "/boot"}) {
        const auto device = device_of(storage, directory);
        if (!device) {
            all_known = false;
            continue;
        }
        for (const auto* below : devices_below(storage, **device))
            if (below->mapper_uuid.starts_with("LVM-")) return Truth::yes;
    }
    if (all_known) return Truth::no;
    const auto* root = fstab_entry_at(storage, "/");
    if (root != nullptr && (root->kind == SpecKind::lvm || root->kind == SpecKind::mapper))
        return Truth::yes;
    const auto* entry = facts.boot.default_entry();
    if (entry != nullptr && kernel_argument(entry->command_line, "rd.lvm.lv")) return Truth::yes;
    const bool plain = root != nullptr && root->kind == SpecKind::kernel_name;
    return plain ? Truth::no : Truth::unknown;
}

}  // namespace guestprep
