// SPDX-License-Identifier: Apache-2.0
//
// Changes: ListenAddress and AddressFamily lines of sshd's configuration become comments;
//          /etc/nologin goes; TCP wrappers admit sshd's clients.
// Leaves:  the socket of systemd; what hosts.deny says of other services.
#include <algorithm>
#include <map>
#include <optional>

#include "agent/core/text.h"
#include "agent/facts/network_edits.h"
#include "agent/formats/hosts_access.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

/// "/etc/ssh/sshd_config:12"
struct Place {
    GuestPath path;
    std::size_t line = 0;
};
std::optional<Place> place_of(std::string_view where) {
    const auto colon = where.rfind(':');
    if (colon == std::string_view::npos || !where.starts_with('/')) return std::nullopt;
    const auto line = to_number(where.substr(colon + 1));
    if (!line || *line == 0) return std::nullopt;
    return Place{GuestPath(std::string(where.substr(0, colon))), static_cast<std::size_t>(*line)};
}

/// The line has to say what the collector said it says.
bool says(std::string_view line, std::string_view keyword) {
    line = trimmed(line);
    return equal_ignoring_case(line.substr(0, keyword.size()), keyword);
}

/// "10.0.0.5:2222", "[::1]:22": without the line sshd would listen on another port.
bool names_port(std::string_view line) {
    const auto words = words_of(line);
    if (words.size() < 2) return false;
    return contains(words[1], "]:") || std::ranges::count(words[1], ':') == 1;
}

/// Puts "#" before a line; everything else stays, byte for byte.
Result<void> comment_out(std::string& text, std::size_t number, std::string_view keyword) {
    std::size_t at = 0;
    for (std::size_t line = 1; line < number && at != std::string::npos; ++line) {
        at = text.find('\n', at);
        if (at != std::string::npos) ++at;
    }
    const auto line = at >= text.size()
                          ? std::string_view()
                          : std::string_view(text).substr(at, text.find('\n', at) - at);
    if (!says(line, keyword))
        return failure(Errc::unsupported,
                       "line " + std::to_string(number) + " is no " + std::string(keyword));
    if (keyword == "ListenAddress" && names_port(line))
        return failure(Errc::unsupported,
                       "line " + std::to_string(number) + " names a port too: set Port instead");
    text.insert(at, "#");
    return {};
}

/// The files of sshd's configuration as they will be.
class SshdFiles {
public:
    explicit SshdFiles(const Facts& facts) : facts_(facts) {}

    Result<void> drop(const std::string& where, std::string_view keyword) {
        const auto place = place_of(where);
        if (!place) return failure(Errc::unsupported, where + ": is no line of sshd's own files");
        const auto known = source_of(facts_, place->path);
        if (!known) return std::unexpected(known.error());
        auto& text = texts_.try_emplace(place->path, *known).first->second;
        if (auto done = comment_out(text, place->line, keyword); !done)
            return std::unexpected(std::move(done.error()).within(place->path.str()));
        return {};
    }
    [[nodiscard]] Result<ChangeSet> take() {
        ChangeSet set;
        for (auto& [path, text] : texts_)
            if (auto added = add_edit(facts_, path, std::move(text), set); !added)
                return std::unexpected(added.error());
        return set;
    }

private:
    const Facts& facts_;
    std::map<GuestPath, std::string> texts_;
};

/// /etc/nologin keeps everybody but root out, for as long as it is there.
Result<void> remove_nologin(const Facts& facts, ChangeSet& set) {
    const GuestPath path("/etc/nologin");
    if (facts.access.nologin.where.empty()) return {};
    const auto text = source_of(facts, path);
    if (!text) return std::unexpected(text.error());
    set.changes.emplace_back(FileEdit{.path = path, .before = *text, .after = {}});
    return {};
}

/// The first line that fits counts, and hosts.allow is read before hosts.deny.
Result<void> admit_by_wrappers(const Facts& facts, ChangeSet& set) {
    const auto& access = facts.access;
    if (!access.ssh.uses_hosts_access) return {};
    const auto lines = [](const Fact<std::vector<std::string>>& known) {
        return known ? join(*known, "\n") : std::string();
    };
    for (const auto* known : {&access.hosts_allow, &access.hosts_deny})
        if (!*known && !known->is_absent())
            return failure(Errc::unsupported,
                           "what TCP wrappers say is not known: " + known->why());
    const auto decision = judge_hosts_access(lines(access.hosts_allow), lines(access.hosts_deny));
    if (decision.verdict != WrapperVerdict::refused) return {};
    const GuestPath path("/etc/hosts.allow");
    FileEdit edit{.path = path, .before = {}, .after = "sshd: ALL\n"};
    if (access.hosts_allow) {
        const auto text = source_of(facts, path);
        if (!text) return std::unexpected(text.error());
        edit.before = *text;
        edit.after = (contains(*text, "\r\n") ? "sshd: ALL\r\n" : "sshd: ALL\n") + *text;
    }
    set.changes.emplace_back(std::move(edit));
    set.notes.push_back("sshd admits clients from everywhere, which " + decision.rule->where +
                        " kept out: the instance's security group has to keep them out");
    return {};
}

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    const auto& ssh = facts.access.ssh;
    if (!ssh.program) return std::unexpected(ssh.program.error());
    SshdFiles files(facts);
    if (equal_ignoring_case(ssh.address_family.text, "inet6"))
        if (auto done = files.drop(ssh.address_family.where, "AddressFamily"); !done)
            return std::unexpected(done.error());
    for (const auto& listener : ssh.listeners) {
        if (listener.host.empty() || listener.host == "0.0.0.0") continue;
        if (auto done = files.drop(listener.where, "ListenAddress"); !done)
            return std::unexpected(done.error());
    }
    auto set = files.take();
    if (!set) return set;
    if (auto done = remove_nologin(facts, *set); !done) return std::unexpected(done.error());
    if (auto done = admit_by_wrappers(facts, *set); !done) return std::unexpected(done.error());
    return set;
}

}  // namespace

constinit const Fixer fixers::listen_on_every_address{
    .id = "linux-ssh-listen",
    .title = "Let sshd listen on every address",
    .platform = Platform::linux_guest,
    .kind = FixKind::opt_in,
    .changes =
        "ListenAddress lines, and AddressFamily inet6, become comments in sshd_config and what it "
        "includes, in force when sshd starts the next time. /etc/nologin is taken away; where "
        "hosts.deny keeps new clients out, \"sshd: ALL\" becomes the first line of hosts.allow.",
    .leaves =
        "The running sshd; hosts.deny itself; a socket of systemd: where that stands in the way, "
        "nothing is changed.",
    .must_pass = true,
    .plan = plan,
};

}  // namespace guestprep
