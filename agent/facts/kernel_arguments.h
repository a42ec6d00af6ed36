// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "agent/core/change_set.h"
#include "agent/facts/facts.h"
#include "agent/formats/grub_default_edit.h"

namespace guestprep {

/// The changes after which every kernel starts with these arguments: what the loader's entries are
/// written from, and the entries: those in files of their own and GRUB legacy's are edited, those
/// of grub.cfg written anew by the distribution's generator. Empty where the default entry has
/// them.
///
/// Error unsupported for loaders other than GRUB, and for a grub.cfg or a default entry that was
/// written by hand, which the generator would not change or would destroy.
[[nodiscard]] Result<ChangeSet> with_kernel_arguments(const Facts& facts,
                                                      const std::vector<ArgumentChange>& changes);

/// One word of command lines for another; an empty `after` takes it out.
struct ArgumentReplacement {
    std::string before, after;
};
/// NAME and value in /etc/default/grub.
using GrubSettings = std::vector<std::pair<std::string, std::string>>;

/// The changes after which each of these words, wherever it stands in the loader's entries or in
/// what they are written from, is the other one, and /etc/default/grub has these settings; with the
/// generator where a generated entry has such a word.
[[nodiscard]] Result<ChangeSet> with_kernel_arguments_replaced(
    const Facts& facts, const std::vector<ArgumentReplacement>& replacements,
    const GrubSettings& settings);

/// Settings of /etc/default/grub, each in the file whose assignment counts (Debian's generator
/// reads /etc/default/grub.d too). Empty where they have these values already.
[[nodiscard]] Result<ChangeSet> with_default_grub(const Facts& facts, const GrubSettings& settings);

/// The command that writes grub.cfg anew; error unsupported where it was written by hand.
[[nodiscard]] Result<CommandStep> rewrite_grub_cfg(const Facts& facts);
/// The same, where that writes the default entry anew: one in a person's script stays as it is.
[[nodiscard]] Result<CommandStep> rewrite_default_entry(const Facts& facts);

/// The configuration that the loader reads at the next boot; null where that is not clear.
[[nodiscard]] const LoaderConfig* used_loader_config(const BootFacts& boot);

}  // namespace guestprep
