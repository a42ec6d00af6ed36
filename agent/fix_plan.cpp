// SPDX-License-Identifier: Apache-2.0
#include "agent/fix_plan.h"

#include <algorithm>
#include <map>
#include <optional>

#include "agent/apply/overlay_files.h"
#include "agent/apply/overlay_registry.h"
#include "agent/collect/collect.h"
#include "agent/core/text.h"
#include "agent/profiles.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

/// A plan looks at the guest once for every fixer; programs are asked once.
class AskedOnce final : public CommandRunner {
public:
    explicit AskedOnce(const CommandRunner& commands) : commands_(commands) {}
    Result<CommandOutput> run(const Command& command) const override {
        const auto known = answers_.find(command.argv);
        if (known != answers_.end()) return known->second;
        return answers_.emplace(command.argv, commands_.run(command)).first->second;
    }

private:
    const CommandRunner& commands_;
    mutable std::map<std::vector<std::string>, Result<CommandOutput>> answers_;
};

class SeenOnce final : public BlockDevices {
public:
    explicit SeenOnce(const BlockDevices& devices) : seen_(devices.list()) {}
    Result<std::vector<BlockDevice>> list() const override { return seen_; }

private:
    Result<std::vector<BlockDevice>> seen_;
};

/// The links of the chain that a login goes through after the import.
constexpr std::string_view kWaysIn[] = {
    "linux-ssh-enabled",         "linux-ssh-listen",
    "linux-firewall-ssh",        "linux-ssh-key-user",
    "dhcp-client-linux",         "net-static-to-dhcp-linux",
    "linux-predictable-ifnames", "linux-hwaddr-binding",
    "linux-fstab-stale",         "linux-grub-default",
    "linux-initrd-unreadable",   "linux-grub-rootspec",
    "win-rdp-enabled",           "win-rdp-user",
    "win-firewall-rdp",          "dhcp-client-windows",
    "win-registry-boot",         "win-accounts-passwords",
};

const Judged* find(const Judgement& judgement, std::string_view id) {
    const auto found = std::ranges::find_if(
        judgement.findings, [&](const Judged& j) { return j.entry->check.id == id; });
    return found == judgement.findings.end() ? nullptr : &*found;
}

bool is_included(const Fixer& fixer, const FixChoice& choice) {
    return std::ranges::any_of(choice.include, [&](const std::string& pattern) {
        return matches_glob(pattern, fixer.id);
    });
}

bool is_wanted(const Fixer& fixer, const FixChoice& choice) {
    const bool included = is_included(fixer, choice);
    switch (fixer.kind) {
        case FixKind::safe:
            return true;
        case FixKind::opt_in:
            return included;
        case FixKind::irreversible:
            return included && choice.allow_irreversible;
    }
    return false;
}

bool is_called_for(const Fixer& fixer, const Facts& facts, const Profile& profile,
                   const JudgeOptions& options, const FixChoice& choice) {
    if (fixer.platform != Platform::any && fixer.platform != facts.platform) return false;
    const auto judgement = judge(facts, profile, options);
    const auto* judged = find(judgement, fixer.id);
    if (judged == nullptr) return false;
    const bool wished = fixer.id == "linux-ssh-key-user" && !choice.wishes.keys.empty();
    return judged->finding.status == Status::fail || wished;
}

class Planner {
public:
    Planner(const Host& host, const Profile& profile, const JudgeOptions& options,
            const FixChoice& choice)
        : host_(host),
          commands_(host.commands),
          devices_(host.devices),
          profile_(profile),
          options_(options),
          choice_(choice) {
        lay_anew();
    }

    Result<FixPlan> plan() {
        plan_.before = look();
        plan_.before.fixes = possible_fixes(plan_.before);
        plan_.foreseen = plan_.before;
        for (const auto* fixer : fixers::all())
            if (is_wanted(*fixer, choice_) &&
                is_called_for(*fixer, plan_.foreseen, profile_, options_, choice_))
                ask(*fixer);
        for (auto& command : commands_last_)
            plan_.changes.push_back({command.first, std::move(command.second)});
        if (auto safe = leaves_a_way_in(plan_.before, plan_.foreseen, profile_, options_); !safe)
            return std::unexpected(std::move(safe.error()).within("nothing was touched"));
        return std::move(plan_);
    }

private:
    Facts look() const {
        return collect({*overlay_, commands_, devices_, host_.machine, host_.running,
                        host_.privileged, registry_ ? &*registry_ : nullptr, host_.accounts});
    }

    void ask(const Fixer& fixer) {
        FixerPlan own{.fixer = &fixer};
        auto wishes = choice_.wishes;
        wishes.named = is_included(fixer, choice_);
        auto set = fixer.plan(plan_.foreseen, profile_, wishes);
        if (set)
            own.set = std::move(*set);
        else
            own.refused = set.error().message;
        if (leave_to_the_guest(own)) own.set.changes.clear();
        if (fixer.must_pass && !own.set.empty() && !would_pass(own)) {
            own.refused = "with its changes the check would still not pass: " + still_;
            own.set = {};
        }
        bool laid = false;
        for (const auto& change : own.set.changes) {
            if (const auto* command = std::get_if<CommandStep>(&change)) {
                // Each once, after every edit; of two that are alike the later place counts.
                std::erase_if(commands_last_,
                              [&](const auto& known) { return known.second == *command; });
                commands_last_.emplace_back(fixer.id, *command);
                continue;
            }
            lay(change);
            plan_.changes.push_back({std::string(fixer.id), change});
            laid = true;
        }
        plan_.fixers.push_back(std::move(own));
        if (laid) plan_.foreseen = look();
    }

    void lay(const Change& change) {
        overlay_->lay(change);
        if (registry_) registry_->lay(change);
    }

    /// The guest with what is planned so far, and nothing else.
    void lay_anew() {
        overlay_.emplace(host_.files);
        if (host_.registry != nullptr) registry_.emplace(*host_.registry);
        for (const auto& planned : plan_.changes) lay(planned.change);
    }

    bool would_pass(const FixerPlan& own) {
        for (const auto& change : own.set.changes) lay(change);
        auto only = options_;
        only.only = {std::string(own.fixer->id)};
        const auto judgement = judge(look(), profile_, only);
        lay_anew();
        const auto* judged = find(judgement, own.fixer->id);
        still_ = judged == nullptr ? "" : judged->finding.summary;
        return judged != nullptr && judged->finding.status == Status::pass;
    }

    bool runs_here(const CommandStep& command) const {
        return choice_.commands == CommandPlace::running_system ||
               (choice_.commands == CommandPlace::directory && !command.own_machine &&
                command.reversible);
    }

    /// Edits without the command that brings them into force may cut a guest off (an interface
    /// renamed in its configuration and not by the kernel): all of the set, or nothing.
    bool leave_to_the_guest(FixerPlan& own) {
        for (const auto& change : own.set.changes)
            if (const auto* command = std::get_if<CommandStep>(&change);
                command != nullptr && !runs_here(*command)) {
                own.refused = "it takes " + command->argv.front() +
                              ", which can only run in the guest: run guestprep fix there";
                if (std::ranges::find(plan_.left, *command) == plan_.left.end())
                    plan_.left.push_back(*command);
            }
        return !own.refused.empty();
    }

    const Host& host_;
    AskedOnce commands_;
    SeenOnce devices_;
    std::optional<OverlayFiles> overlay_;
    std::optional<OverlayRegistry> registry_;
    const Profile& profile_;
    const JudgeOptions& options_;
    const FixChoice& choice_;
    FixPlan plan_;
    std::string still_;  ///< what a check that would not pass says
    std::vector<std::pair<std::string, CommandStep>> commands_last_;
};

}  // namespace

Result<void> leaves_a_way_in(const Facts& before, const Facts& after, const Profile& profile,
                             const JudgeOptions& options) {
    JudgeOptions all = options;
    all.only.clear();
    all.skip.clear();
    const auto judged_before = judge(before, profile, all);
    const auto judged_after = judge(after, profile, all);
    for (const auto id : kWaysIn) {
        const auto* then = find(judged_before, id);
        const auto* now = find(judged_after, id);
        if (then == nullptr || now == nullptr || then->finding.status != Status::pass) continue;
        if (now->finding.status == Status::fail || now->finding.status == Status::unknown)
            return failure(Errc::unsupported,
                           "the guest would be harder to get into: " + std::string(id) +
                               " would no longer pass (" + now->finding.summary + ")");
    }
    return {};
}

std::map<std::string, std::string> possible_fixes(const Facts& facts) {
    const auto profile = built_in_profile(built_in_profiles().back());
    if (!profile) return {};
    std::map<std::string, FixKind> safest;
    for (const auto* fixer : fixers::all()) {
        if (fixer->platform != Platform::any && fixer->platform != facts.platform) continue;
        const auto does_something = [&](bool named) {
            const auto planned = fixer->plan(facts, *profile, {.keys = {}, .named = named});
            return planned && !planned->empty();
        };
        auto kind = fixer->kind;
        if (!does_something(false)) {
            if (!does_something(true)) continue;
            // What it does only when it is asked for by name is opt-in, whatever else it is.
            kind = std::max(kind, FixKind::opt_in);
        }
        const auto known = safest.try_emplace(std::string(fixer->id), kind).first;
        known->second = std::min(known->second, kind);
    }
    std::map<std::string, std::string> out;
    for (const auto& [id, kind] : safest) out.emplace(id, kind_name(kind));
    return out;
}

const Fixer* fixer_for(std::string_view check_id) {
    const auto all = fixers::all();
    const auto found = std::ranges::find(all, check_id, &Fixer::id);
    return found == all.end() ? nullptr : *found;
}

std::string_view kind_name(FixKind kind) {
    constexpr std::array<std::string_view, 3> kNames = {"safe", "opt-in", "irreversible"};
    return kNames[static_cast<std::size_t>(kind)];
}

Result<FixPlan> plan_fixes(const Host& host, const Profile& profile, const JudgeOptions& options,
                           const FixChoice& choice) {
    return Planner(host, profile, options, choice).plan();
}

}  // namespace guestprep
