// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "agent/collect/firewall_sources.h"
#include "agent/core/text.h"
#include "agent/formats/interfaces.h"
#include "agent/formats/iptables_script.h"
#include "agent/formats/iptables_state.h"

namespace guestprep {
namespace {

/// A service that hands a file to iptables-restore at boot: the first of the files that is there.
struct Restorer {
    std::string_view name;
    std::string_view services[2];
    std::string_view files[4];
};
constexpr Restorer kRestorers[] = {
    // RHEL and its kin; Arch; Gentoo; Alpine.
    {"iptables",
     {"iptables", "iptables"},
     {"/etc/sysconfig/iptables", "/etc/iptables/iptables.rules", "/var/lib/iptables/rules-save",
      "/etc/iptables/rules-save"}},
    // Debian and Ubuntu; the second service and file before Debian 8.
    {"netfilter-persistent",
     {"netfilter-persistent", "iptables-persistent"},
     {"/etc/iptables/rules.v4", "/etc/iptables/rules", "", ""}},
};

/// Scripts that run at boot where they may be executed; the last two are SUSE's.
constexpr std::string_view kBootScripts[] = {"/etc/rc.local", "/etc/init.d/boot.local",
                                             "/etc/init.d/after.local"};
constexpr std::string_view kInterfaces = "/etc/network/interfaces";
constexpr std::string_view kHookFolders[] = {"/etc/network/if-pre-up.d", "/etc/network/if-up.d"};
constexpr std::string_view kUnits = "/etc/systemd/system";

/// Everything that fills the kernel's iptables at boot, one after the other, as one firewall.
class IptablesSources {
public:
    explicit IptablesSources(const FirewallSearch& search)
        : search_(search), files_(search.host.files) {}

    void look() {
        for (const auto& restorer : kRestorers) restore(restorer);
        units();
        interfaces();
        for (const auto path : kBootScripts) script(GuestPath(path));
        if (found_.name.empty()) return;
        if (error_) {
            found_.rules = std::unexpected(*error_);
        } else {
            auto filter = state_.filter();
            std::ranges::move(doubts_, std::back_inserter(filter.problems));
            // A script that only masquerades, say, is no firewall.
            if (from_scripts_alone_ && !filters(filter)) return;
            found_.rules = std::move(filter);
        }
        search_.found.at_boot.push_back(std::move(found_));
    }

private:
    void add(std::string_view name, ServiceState service) {
        if (found_.name.empty()) {
            found_ = {std::string(name), std::move(service), {}};
            return;
        }
        found_.name += " with " + std::string(name);
        if (!service.starts()) found_.service = std::move(service);  // the less certain one
    }

    static bool filters(const PacketFilter& filter) {
        return !filter.problems.empty() ||
               std::ranges::any_of(filter.chains, [](const FilterChain& chain) {
                   return chain.hook != FilterHook::none &&
                          (!chain.rules.empty() || chain.policy == RuleAction::drop);
               });
    }

    void restore(const Restorer& restorer) {
        const auto* const file = std::ranges::find_if(restorer.files, [&](std::string_view path) {
            return !path.empty() && files_.info(GuestPath(path)).has_value();
        });
        // A service without its file sets nothing up.
        if (file == std::end(restorer.files)) return;
        auto service = search_.starting(restorer.name, restorer.services);
        if (!service) return;
        add(restorer.name, std::move(*service));
        from_scripts_alone_ = false;
        auto text = files_.read(GuestPath(*file));
        if (text)
            state_.restore(*file, *text);
        else
            error_ = std::move(text.error());
    }

    // Scripts

    std::optional<std::string> text_of(std::string_view path) const {
        auto text = files_.read(GuestPath(path));
        return text ? std::optional(std::move(*text)) : std::nullopt;
    }

    void run(std::string_view path, std::string_view text, const std::string& starter) {
        if (!contains(text, "tables") && !contains(text, "ufw") && !contains(text, "irewall"))
            return;
        auto result = run_iptables_script(
            path, text, [&](std::string_view name) { return text_of(name); }, state_);
        if (!result.touched) return;
        add(path, {.name = std::string(path), .state = Enablement::enabled, .evidence = starter});
        std::ranges::move(result.doubts, std::back_inserter(doubts_));
    }

    void script(const GuestPath& path) {
        const auto info = files_.info(path);
        if (!info || info->kind != FileKind::regular || (info->permissions & 0111U) == 0) return;
        if (const auto text = text_of(path.str())) run(path.str(), *text, path.str());
    }

    /// ifupdown's hooks and the commands of the interfaces it brings up.
    void interfaces() {
        const auto text = text_of(kInterfaces);
        if (!text) return;
        for (const auto folder : kHookFolders)
            if (const auto names = files_.list(GuestPath(folder)))
                for (const auto& name : *names)
                    if (!contains(name, ".")) script(GuestPath(folder) / name);  // as run-parts
        const InterfacesFile file(*text);
        for (const auto& stanza : file.stanzas)
            for (const auto& option : stanza.options)
                if (option.key == "pre-up" || option.key == "up" || option.key == "post-up")
                    run(at_line(kInterfaces, option.line), option.value, std::string(kInterfaces));
    }

    /// Units of the operator's own that start iptables-restore or a script.
    void units() {
        if (search_.services.init() != InitSystem::systemd) return;
        const auto names = files_.list(GuestPath(kUnits));
        if (!names) return;
        for (const auto& name : *names) {
            const auto path = GuestPath(kUnits) / name;
            const auto info = files_.link_info(path);
            if (!name.ends_with(".service") || !info || info->kind != FileKind::regular) continue;
            const auto text = text_of(path.str());
            if (text && sets_rules(*text) && search_.services.state(name).starts())
                unit(path, *text);
        }
    }

    static bool sets_rules(std::string_view text) {
        return contains(text, "iptables") || contains(text, "firewall");
    }

    void unit(const GuestPath& path, std::string_view text) {
        std::size_t number = 0;
        for (auto line : lines_of(text)) {
            ++number;
            if (!line.starts_with("ExecStart=")) continue;
            line.remove_prefix(10);
            while (!line.empty() &&
                   std::string_view("-@:+!").find(line[0]) != std::string_view::npos)
                line.remove_prefix(1);
            const auto words = words_of(line);
            const bool own_script = words.size() == 1 && !contains(words[0], "tables");
            if (own_script)
                script(GuestPath(words[0]));
            else
                run(at_line(path.str(), number), line, path.str());
        }
    }

    const FirewallSearch& search_;
    const FileReader& files_;
    IptablesState state_;
    Firewall found_;
    std::vector<RulePlace> doubts_;
    std::optional<Error> error_;
    bool from_scripts_alone_ = true;
};

}  // namespace

void find_iptables_services(const FirewallSearch& search) { IptablesSources(search).look(); }

}  // namespace guestprep
