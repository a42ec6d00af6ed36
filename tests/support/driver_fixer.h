// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "agent/core/check.h"
#include "agent/core/fixer.h"

namespace guestprep {

/// The cases that every fixer which puts a driver into the initramfs has to pass; `module` is that
/// driver's name ("xen-blkfront"). To be called in a test case.
void try_driver_fixer(const Fixer& fixer, const Check& check, const std::string& module);

}  // namespace guestprep
