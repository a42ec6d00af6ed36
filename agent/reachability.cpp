// SPDX-License-Identifier: Apache-2.0
#include "agent/reachability.h"

#include <algorithm>

#include "agent/core/text.h"
#include "agent/facts/new_nic.h"
#include "agent/facts/ssh_question.h"

namespace guestprep {
namespace {

Answer answer_of(Truth truth) {
    if (truth == Truth::unknown) return Answer::unknown;
    return truth == Truth::yes ? Answer::yes : Answer::no;
}

/// How good an account's chances are; the best one is shown.
int rank(const LoginUser& user) {
    const bool regular = user.uid != 0 && !user.system_account;
    const auto points = [](Truth truth) {
        return truth == Truth::yes ? 2 : truth == Truth::unknown ? 1 : 0;
    };
    const int login = std::max(points(user.key_login()) * 4, points(user.password_login()) * 3);
    const int root = user.uid == 0 ? 2 : points(user.administrator);
    return login * 100 + (regular ? 10 : 0) + points(user.has_key()) * 30 + root;
}

const LoginUser* best_of(const std::vector<LoginUser>& users) {
    const auto best = std::ranges::max_element(users, {}, rank);
    return best == users.end() ? nullptr : &*best;
}

ReportStep key_step(const LoginUser& user) {
    ReportStep out{"key", answer_of(user.has_key()), {}, {}};
    if (!user.key_files.empty()) out.where = to_utf8(user.key_files.front().path);
    if (out.holds == Answer::yes) return out;
    out.detail = "no key that sshd takes";
    for (const auto& file : user.key_files)
        if (const auto& why = file.unread.empty() ? file.trouble : file.unread; !why.empty())
            out.detail = shown(why);
    return out;
}

void add_account(ReportReachability& out, const AccessFacts& access) {
    if (!access.users) {
        out.steps.push_back({"account", Answer::unknown, access.users.why(), ""});
        return;
    }
    const auto* user = best_of(*access.users);
    if (user == nullptr) {
        out.steps.push_back({"account", Answer::no, "no account has a shell", "/etc/passwd"});
        return;
    }
    out.account = to_utf8(user->name);
    const bool by_password =
        user->key_login() != Truth::yes && user->password_login() == Truth::yes;
    if (by_password)
        out.steps.push_back({"password", Answer::yes, "", user->where});
    else
        out.steps.push_back(key_step(*user));
    const bool refused = !user->refused.where.empty() || !user->refused.text.empty();
    out.steps.push_back({"shell", refused ? Answer::no : Answer::yes, shown(user->refused.text),
                         to_utf8(refused ? user->refused.where : user->where)});
    const auto login = by_password ? user->password_login() : user->key_login();
    if (!refused && login != Truth::yes && user->has_key() == Truth::yes)
        out.steps.push_back({"login", answer_of(login), shown(user->why_no_key_login()),
                             to_utf8(user->methods.where)});
    const bool is_root = user->uid == 0;
    out.steps.push_back({"sudo", is_root ? Answer::yes : answer_of(user->administrator),
                         is_root ? "root itself" : shown(user->administrator_by), ""});
}

class Links {
public:
    Links(const Facts& facts, const Profile& profile, JudgeOptions options,
          std::vector<std::string> checks) {
        options.only = std::move(checks);
        judgement_ = judge(facts, profile, options);
    }

    /// A blocker breaks the chain; what weighs less leaves it open.
    ReportStep step(std::string name, std::string_view id, std::string detail = {}) const {
        ReportStep out{std::move(name), Answer::unknown, std::move(detail), {}};
        for (const auto& judged : judgement_.findings) {
            if (judged.entry->check.id != id) continue;
            const auto& finding = judged.finding;
            if (!finding.evidence.empty()) out.where = shown(finding.evidence.front().where);
            if (finding.status == Status::pass) {
                out.holds = Answer::yes;
                return out;
            }
            out.detail = shown(finding.summary, 300);
            if (finding.status == Status::not_applicable) out.holds = Answer::no;
            if (finding.status == Status::fail || finding.status == Status::waived)
                out.holds = judged.severity == Severity::blocker ? Answer::no : Answer::unknown;
        }
        return out;
    }

private:
    Judgement judgement_;
};

/// The address: AWS makes the interface ask by DHCP on the image route, and nobody on the other.
ReportStep address_step(const Facts& facts, Route route) {
    const auto nic = next_boot_on_ec2(facts.network);
    ReportStep out{"DHCP on the new interface", Answer::unknown, shown(nic.reason),
                   shown(nic.line.at)};
    switch (nic.outcome) {
        case NicOutcome::dhcp:
            out.holds = Answer::yes;
            out.detail.clear();
            break;
        case NicOutcome::fixed:
            out.holds = route == Route::image ? Answer::yes : Answer::no;
            if (route == Route::image) out.detail = "AWS makes it ask for an address";
            break;
        case NicOutcome::nobody:
            out.holds = Answer::no;
            break;
        case NicOutcome::unknown:
            break;
    }
    return out;
}

/// The first step that does not hold decides; what is not known leaves the answer open.
Answer answer_of(const std::vector<ReportStep>& steps) {
    auto answer = Answer::yes;
    for (const auto& step : steps) {
        // Without sudo somebody is in all the same.
        if (step.name == "sudo" || step.holds == Answer::yes) continue;
        answer = step.holds;
        if (step.holds == Answer::no) break;
    }
    return answer;
}

/// An account that gets in by Remote Desktop, where one is known.
std::string remote_account(const WindowsAccessFacts& access) {
    if (!access.accounts) return {};
    for (const auto& account : *access.accounts)
        if (account.disabled == Truth::no && account.has_password == Truth::yes &&
            std::max(account.is_administrator, account.is_remote_user) == Truth::yes)
            return to_utf8(account.name);
    return {};
}

ReportReachability by_remote_desktop(const Facts& facts, const Profile& profile,
                                     const JudgeOptions& options) {
    ReportReachability out;
    const auto& access = facts.of_windows().access;
    out.account = remote_account(access);
    const Links links(facts, profile, options,
                      {"win-rdp-user", "win-rdp-enabled", "win-firewall-rdp", "dhcp-client-windows",
                       "net-static-to-dhcp-windows"});
    out.steps.push_back(links.step("account", "win-rdp-user"));
    // One that only weighs little is a way that is closed all the same.
    if (access.accounts && out.account.empty() && out.steps.back().holds != Answer::yes)
        out.steps.back().holds = Answer::unknown;
    out.steps.push_back(links.step("Remote Desktop at boot", "win-rdp-enabled",
                                   "TCP port " + std::to_string(access.rdp_port.value_or(3389))));
    out.steps.push_back(links.step("firewall", "win-firewall-rdp"));
    out.steps.push_back(links.step("DHCP client", "dhcp-client-windows"));
    auto address = links.step("DHCP on the adapters", "net-static-to-dhcp-windows");
    if (address.holds == Answer::unknown && options.route == Route::image &&
        !address.where.empty()) {
        address.holds = Answer::yes;
        address.detail = "AWS makes them ask for an address";
    }
    out.steps.push_back(std::move(address));
    out.answer = answer_of(out.steps);
    return out;
}

}  // namespace

ReportReachability reachability_of(const Facts& facts, const Profile& profile,
                                   const JudgeOptions& options) {
    if (facts.platform == Platform::windows_guest)
        return by_remote_desktop(facts, profile, options);
    ReportReachability out;
    add_account(out, facts.access);
    const Links links(facts, profile, options,
                      {"linux-ssh-enabled", "linux-ssh-listen", "linux-firewall-ssh",
                       "dhcp-client-linux", "net-static-to-dhcp-linux", "linux-hwaddr-binding"});
    out.steps.push_back(links.step("sshd at boot", "linux-ssh-enabled"));
    const auto port = ssh_question(facts).port_text();
    out.steps.push_back(links.step("listens", "linux-ssh-listen", port));
    out.steps.push_back(links.step("firewall", "linux-firewall-ssh"));
    out.steps.push_back(links.step("DHCP client", "dhcp-client-linux"));
    out.steps.push_back(address_step(facts, options.route));
    if (auto bound = links.step("hardware address", "linux-hwaddr-binding");
        bound.holds == Answer::no && !bound.detail.empty())
        out.steps.push_back(std::move(bound));
    out.answer = answer_of(out.steps);
    return out;
}

}  // namespace guestprep
