// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "agent/facts/facts.h"

namespace guestprep {

/// What is asked of a firewall: whether these are open, on a NIC that may be called any of these.
struct SshQuestion {
    std::vector<std::uint16_t> ports;
    std::vector<std::string> interfaces;

    [[nodiscard]] std::string port_text() const;       ///< "TCP port 22"
    [[nodiscard]] std::string interface_text() const;  ///< "eth0 or ens5"
};

/// The ports sshd will listen on, and what the NIC may be called on EC2.
[[nodiscard]] SshQuestion ssh_question(const Facts& facts);

}  // namespace guestprep
