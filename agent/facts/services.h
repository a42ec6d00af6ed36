// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace guestprep {

/// What the next boot does with a service. `fixed`: it exists and nothing can enable it by name (no
/// [Install] section), and nothing that boots asks for it; systemctl calls this "static".
enum class Enablement : std::uint8_t { enabled, disabled, masked, fixed, absent, unknown };
constexpr std::array<std::string_view, 6> enum_names(Enablement) {
    return {"enabled", "disabled", "masked", "static", "absent", "unknown"};
}

/// A link that decides about a service, by what it says and what it would; one without `after` has
/// to go.
struct StartLink {
    std::string path, before, after;
};

struct ServiceState {
    std::string name;  ///< as asked, or the one of several names that answered: "ssh.service"
    Enablement state = Enablement::unknown;
    std::string evidence;  ///< the file or link that decides; empty where it is absent
    std::string note;      ///< why unknown; what stops an enabled one; what starts a disabled one
    /// An enabled unit that will not start all the same: a condition in it that does not hold.
    bool held_back = false;
    /// What would enable a disabled or masked one, as systemctl or chkconfig do it; empty where
    /// that is not known. Never saved.
    std::vector<StartLink> start_links;
    /// What would keep an enabled one from starting: a mask of systemd, or the links that start it;
    /// empty where that is not known. Never saved.
    std::vector<StartLink> stop_links;

    [[nodiscard]] bool starts() const { return state == Enablement::enabled && !held_back; }

    static void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("state", self.state);
        visit("evidence", self.evidence);
        visit("note", self.note);
        visit("held_back", self.held_back);
    }
};

}  // namespace guestprep
