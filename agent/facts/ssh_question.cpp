// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/ssh_question.h"

#include <algorithm>

#include "agent/core/text.h"

namespace guestprep {
namespace {

bool names_are_classic(const Facts& facts) {
    const auto& line = facts.os.running_command_line;
    return facts.os.init != InitSystem::systemd ||
           (line && std::ranges::count(words_of(*line), "net.ifnames=0") > 0);
}

}  // namespace

SshQuestion ssh_question(const Facts& facts) {
    SshQuestion question{{22}, {"eth0"}};
    const auto& ports = facts.access.ssh_ports;
    if (ports && !ports->empty()) question.ports = *ports;
    // The first NIC of a Nitro instance; on Xen it is eth0 whatever the policy.
    if (!names_are_classic(facts)) question.interfaces.emplace_back("ens5");
    return question;
}

std::string SshQuestion::port_text() const {
    std::vector<std::string> texts;
    for (const auto port : ports) texts.push_back(std::to_string(port));
    return "TCP port " + join(texts, " or ");
}

std::string SshQuestion::interface_text() const { return join(interfaces, " or "); }

}  // namespace guestprep
