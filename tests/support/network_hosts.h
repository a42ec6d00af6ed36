// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/fake_host.h"

namespace guestprep {

/// Systems whose network service starts at boot and which configure no interface yet.
FakeHost debian_host();    ///< systemd, ifupdown, classic names
FakeHost rhel6_host();     ///< SysV init, the network script, classic names
FakeHost el9_host();       ///< systemd, NetworkManager, predictable names
FakeHost networkd_host();  ///< systemd, systemd-networkd, predictable names
FakeHost sles_host();      ///< systemd, wicked, classic names
FakeHost cloud_host();     ///< as networkd_host, and cloud-init starts at boot

}  // namespace guestprep
