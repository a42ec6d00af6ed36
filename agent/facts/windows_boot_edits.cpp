// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/windows_boot_edits.h"

#include "agent/core/text.h"
#include "agent/facts/windows_keys.h"

namespace guestprep {

Result<ChangeSet> edit_boot_ini(const Facts& facts, const BootStore& store,
                                const std::function<void(BootIni&)>& edit) {
    const GuestPath path(store.where);
    const auto source = facts.sources.find(path);
    if (source == facts.sources.end())
        return failure(Errc::unsupported, store.where + ": its text is not known");
    BootIni ini(source->second);
    edit(ini);
    ChangeSet set;
    if (auto text = ini.str(); text != source->second)
        set.changes.emplace_back(
            FileEdit{.path = path, .before = source->second, .after = std::move(text)});
    return set;
}

CommandStep bcdedit(std::vector<std::string> words, std::vector<std::string> words_back) {
    CommandStep step{.argv = {"bcdedit"}, .saves = {}};
    step.argv.insert(step.argv.end(), words.begin(), words.end());
    step.inverse = {"bcdedit"};
    step.inverse.insert(step.inverse.end(), words_back.begin(), words_back.end());
    step.timeout = std::chrono::seconds(60);
    return step;
}

bool is_on_in_store(const Facts& facts, std::string_view id, std::string_view element) {
    const auto key = below(below(below(keys::kBootStore, id), "Elements"), element);
    const auto known = facts.registry_sources.find({key, "Element"});
    return known != facts.registry_sources.end() && known->second &&
           known->second->bytes.starts_with('\1');
}

std::size_t line_of(const BootLoaderObject& entry) {
    const auto number = to_number(std::string_view(entry.id).substr(entry.id.rfind(' ') + 1));
    return static_cast<std::size_t>(number.value_or(0));
}

bool is_entry_id(std::string_view id) {
    return id.size() == 38 && id.front() == '{' && id.back() == '}' &&
           id.find_first_not_of("0123456789abcdefABCDEF-", 1) == 37;
}

}  // namespace guestprep
