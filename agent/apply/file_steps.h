// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "agent/apply/apply.h"

/// The steps that change a file, its mode or a link. Shared by the files of this folder.
namespace guestprep {

/// What files will be when the steps looked at so far are taken back.
using ComingFiles = std::map<GuestPath, FileState>;

[[nodiscard]] Result<Touched> touched_by(const FileEdit& edit, const std::vector<Step>& earlier,
                                         const Workshop& shop);
[[nodiscard]] Result<Touched> touched_by(const ModeEdit& edit, const std::vector<Step>& earlier,
                                         const Workshop& shop);
[[nodiscard]] Result<Touched> touched_by(const LinkEdit& edit, const std::vector<Step>& earlier,
                                         const Workshop& shop);

/// The directories above `path` that are not there, the outermost first.
[[nodiscard]] std::vector<GuestPath> missing_folders(const GuestPath& path,
                                                     const FileReader& files);

/// Makes the step's folders and its change, and looks whether it is as it should be.
[[nodiscard]] Result<void> change_file(const Step& step, const Change& change, Workshop& shop);

/// Puts one of the step's files back, at all its names. Nothing to do for what is as before.
[[nodiscard]] Result<void> put_back(const Step& step, const Touched& file,
                                    const std::string& run_id, Workshop& shop);

/// Whether the file is as the run left it, or as it was before; notes in `coming` what taking it
/// back makes of it.
[[nodiscard]] Result<void> can_put_back(const Step& step, const Touched& file, const Run& run,
                                        const Workshop& shop, ComingFiles& coming);

}  // namespace guestprep
