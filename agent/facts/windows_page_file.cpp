// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/windows_page_file.h"

#include "agent/facts/registry_edits.h"
#include "agent/facts/windows_keys.h"
#include "agent/formats/registry_value.h"

namespace guestprep {

Result<ChangeSet> set_paging_files(const Facts& facts, const std::vector<std::string>& entries) {
    RegistryEdits edits(facts);
    edits.set(keys::kMemory, "PagingFiles", registry_texts(entries));
    auto set = edits.take();
    if (set)
        set->notes.emplace_back(
            "restart once before the export: the page files on the disks change then");
    return set;
}

}  // namespace guestprep
