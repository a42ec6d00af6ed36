// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/grub_environment.h"

#include <algorithm>

#include "agent/formats/grubenv.h"

namespace guestprep {

Result<FileEdit> with_saved_entry(const Facts& facts, const std::string& entry) {
    if (!facts.boot.environment) return std::unexpected(facts.boot.environment.error());
    const GuestPath path(facts.boot.environment->path);
    const auto source = facts.sources.find(path);
    if (source == facts.sources.end())
        return failure(Errc::unsupported, path.str() + ": its text is not known");
    auto after = set_grubenv(source->second, "saved_entry", entry);
    if (!after) return std::unexpected(std::move(after.error()).within(path.str()));
    return FileEdit{.path = path, .before = source->second, .after = std::move(*after)};
}

bool saves_an_entry(const BootFacts& boot) {
    if (!boot.environment) return false;
    const auto saved = boot.environment->variables.find("saved_entry");
    return saved != boot.environment->variables.end() && !saved->second.empty() &&
           std::ranges::any_of(boot.entries, [&](const BootEntry& entry) {
               return entry.id == saved->second || entry.title == saved->second;
           });
}

}  // namespace guestprep
