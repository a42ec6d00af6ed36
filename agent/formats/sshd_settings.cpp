// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/sshd_settings.h"

#include <algorithm>

#include "agent/core/text.h"
#include "agent/formats/sshd_keywords.h"

namespace guestprep {
namespace {

constexpr int kMostIncludes = 16;        // sshd's own limit of nesting; beyond it sshd ends
constexpr std::size_t kMostFiles = 500;  // a file that includes itself twice doubles each time
constexpr std::size_t kMostBytes = 16 << 20;
constexpr std::size_t kMostDirectives = 10000;
constexpr std::size_t kMostProblems = 50;
constexpr std::uint16_t kSshPort = 22;

constexpr std::string_view kMatchAttributes[] = {
    "user", "group",     "host",         "address", "localaddress", "localport",   "rdomain",
    "all",  "canonical", "invalid-user", "version", "command",      "sessiontype", "localnetwork"};

class Reader {
public:
    Reader(SshdSettings& out, std::optional<SshVersion> version, const SshdIncludes& includes)
        : out_(out), version_(version), includes_(includes) {}

    void read(std::string_view path, std::string_view text, std::vector<std::size_t> scope,
              int depth) {
        bytes_ += text.size();
        if (++files_ > kMostFiles || bytes_ > kMostBytes)
            return complain(path, "too much is included");
        const auto config = parse_sshd_config(text, version_);
        auto inside = scope;
        std::size_t number = 0;
        for (const auto& line : config.lines) {
            const auto where = at_line(path, ++number);
            if (!line.problem.empty()) complain(where, line.problem);
            if (line.keyword.empty() || !line.problem.empty()) continue;
            if (out_.directives.size() + out_.matches.size() >= kMostDirectives)
                return complain(where, "too many lines to judge", false);
            if (line.keyword == "match") {
                inside = scope;
                inside.push_back(add_match(line, where));
                continue;
            }
            const auto complaint =
                ssh_complaint(line.keyword, line.args, !inside.empty(), version_);
            if (!complaint.what.empty())
                complain(where, line.keyword + ": " + complaint.what, complaint.certain);
            if (line.keyword == "include")
                include(line, where, inside, depth);
            else
                out_.directives.push_back(
                    {std::string(present_ssh_keyword(line.keyword)), line.args, where, inside});
        }
    }

private:
    void complain(std::string_view where, std::string what, bool certain = true) {
        if (out_.problems.size() < kMostProblems)
            out_.problems.push_back({std::string(where), std::move(what), certain});
    }

    void include(const SshdLine& line, std::string_view where,
                 const std::vector<std::size_t>& scope, int depth) {
        for (const auto& pattern : line.args) {
            const bool absolute = pattern.starts_with('/') || pattern.starts_with('~');
            for (const auto& file : includes_(absolute ? pattern : "/etc/ssh/" + pattern)) {
                if (files_ > kMostFiles) return;
                if (depth >= kMostIncludes) return complain(where, "files include one another");
                // sshd takes the name and ends when it cannot open the file.
                if (!file.text && file.text.error().code == Errc::not_found)
                    complain(where, file.path + " is a link to a file that is not there");
                else if (!file.text)
                    out_.unread.push_back(file.text.error());
                else
                    read(file.path, *file.text, scope, depth + 1);
            }
        }
    }

    std::size_t add_match(const SshdLine& line, const std::string& where) {
        SshdMatch match{where, {}};
        std::vector<std::string> words;
        for (const auto& arg : line.args) {  // newer parsers leave "user=bob" in one piece
            const auto equals = arg.find('=');
            words.push_back(arg.substr(0, equals));
            if (equals != std::string::npos) words.push_back(arg.substr(equals + 1));
        }
        if (words.empty()) complain(where, "match: the condition is missing");
        for (std::size_t i = 0; i < words.size();) {
            const auto attribute = lowercase(words[i++]);
            if (std::ranges::find(kMatchAttributes, attribute) == std::end(kMatchAttributes))
                complain(where, "match: no condition is called \"" + shown(attribute, 40) + '"');
            const bool alone = attribute == "all" || attribute == "invalid-user";
            if (!alone && i >= words.size()) complain(where, "match: a pattern is missing");
            match.criteria.emplace_back(attribute,
                                        alone || i >= words.size() ? std::string() : words[i++]);
        }
        out_.matches.push_back(std::move(match));
        return out_.matches.size() - 1;
    }

    SshdSettings& out_;
    std::optional<SshVersion> version_;
    const SshdIncludes& includes_;
    std::size_t files_ = 0;
    std::size_t bytes_ = 0;
};

bool criterion_holds(std::string_view attribute, std::string_view patterns, const SshLogin& login) {
    if (attribute == "all") return true;
    if (attribute == "user") return matches_ssh_pattern_list(patterns, login.user);
    if (attribute == "group") {
        // One group that is taken back refuses the whole.
        bool hit = false;
        for (auto pattern : split(patterns, ',')) {
            const bool negated = pattern.starts_with('!');
            if (negated) pattern.remove_prefix(1);
            const bool is_in = std::ranges::any_of(login.groups, [&](const std::string& group) {
                return matches_ssh_pattern(pattern, group);
            });
            if (is_in && negated) return false;
            hit |= is_in;
        }
        return hit;
    }
    if (attribute == "address" || attribute == "host") return matches_any_client(patterns);
    // The guest gets a new address of its own.
    if (attribute == "localaddress") return matches_any_client(patterns);
    if (attribute == "localport")
        return login.ports.size() == 1 && to_number(patterns) == login.ports[0];
    return false;
}

std::uint16_t port_number(std::string_view text) {
    if (const auto number = to_number(text); number && *number <= 65535)
        return static_cast<std::uint16_t>(*number);
    constexpr std::pair<std::string_view, std::uint16_t> kServices[] = {
        {"ssh", 22}, {"http", 80}, {"https", 443}, {"telnet", 23}, {"domain", 53}};
    for (const auto& [name, port] : kServices)
        if (text == name) return port;
    return 0;
}

}  // namespace

SshdSettings read_sshd_settings(std::string_view path, std::string_view text,
                                std::optional<SshVersion> version, const SshdIncludes& includes) {
    SshdSettings out;
    Reader(out, version, includes).read(path, text, {}, 0);
    return out;
}

bool matches_any_client(std::string_view patterns) {
    bool hit = false;
    for (const auto pattern : split(patterns, ',')) {
        if (pattern == "!*" || pattern == "!0.0.0.0/0") return false;
        const bool all = !pattern.empty() &&
                         pattern.find_first_not_of("*.") == std::string_view::npos &&
                         pattern.find('*') != std::string_view::npos;
        hit |= all || pattern == "0.0.0.0/0";
    }
    return hit;
}

SshdView::SshdView(const SshdSettings& settings)
    : settings_(settings), active_(settings.matches.size()) {}

SshdView::SshdView(const SshdSettings& settings, const SshLogin& login)
    : settings_(settings), active_(settings.matches.size()) {
    for (std::size_t i = 0; i < settings.matches.size(); ++i) {
        const auto& criteria = settings.matches[i].criteria;
        active_[i] = !criteria.empty() && std::ranges::all_of(criteria, [&](const auto& criterion) {
            return criterion_holds(criterion.first, criterion.second, login);
        });
    }
}

bool SshdView::applies(const SshdDirective& directive) const {
    return std::ranges::all_of(directive.matches, [&](std::size_t i) { return active_[i]; });
}

const SshdDirective* SshdView::first(std::string_view keyword) const {
    const SshdDirective* global = nullptr;
    for (const auto& directive : settings_.directives) {
        if (directive.keyword != keyword || !applies(directive)) continue;
        if (!directive.matches.empty()) return &directive;
        if (global == nullptr) global = &directive;
    }
    return global;
}

std::string_view SshdView::value(std::string_view keyword, std::string_view otherwise) const {
    const auto* directive = first(keyword);
    return directive == nullptr || directive->args.empty() ? otherwise
                                                           : std::string_view(directive->args[0]);
}

bool SshdView::enabled(std::string_view keyword, bool otherwise) const {
    const auto text = value(keyword);
    return text.empty() ? otherwise : equal_ignoring_case(text, "yes");
}

std::vector<std::string> SshdView::all(std::string_view keyword) const {
    std::vector<std::string> global;
    std::vector<std::string> matched;
    for (const auto& directive : settings_.directives) {
        if (directive.keyword != keyword || !applies(directive)) continue;
        auto& list = directive.matches.empty() ? global : matched;
        list.insert(list.end(), directive.args.begin(), directive.args.end());
    }
    return matched.empty() ? global : matched;
}

SshListen parse_listen_address(std::string_view text) {
    SshListen listen{.host = std::string(text), .port = 0, .where = {}};
    if (text.starts_with('[')) {
        const auto close = text.find(']');
        if (close == std::string_view::npos) return listen;
        listen.host = text.substr(1, close - 1);
        if (text.substr(close + 1).starts_with(':'))
            listen.port = port_number(text.substr(close + 2));
    } else if (std::ranges::count(text, ':') == 1) {
        const auto colon = text.find(':');
        listen.host = text.substr(0, colon);
        listen.port = port_number(text.substr(colon + 1));
    }
    return listen;
}

std::vector<std::uint16_t> ssh_ports(const SshdView& view) {
    std::vector<std::uint16_t> ports;
    for (const auto& text : view.all("port"))
        if (const auto port = port_number(text);
            port != 0 && std::ranges::find(ports, port) == ports.end())
            ports.push_back(port);
    if (ports.empty()) ports.push_back(kSshPort);
    return ports;
}

std::vector<SshListen> ssh_listeners(const SshdSettings& settings) {
    const SshdView view(settings);
    const auto ports = ssh_ports(view);
    std::vector<SshListen> out;
    for (const auto& directive : settings.directives) {
        if (directive.keyword != "listenaddress" || !directive.matches.empty()) continue;
        if (directive.args.empty()) continue;
        auto listen = parse_listen_address(directive.args[0]);
        listen.where = directive.where;
        if (listen.port != 0) {
            out.push_back(std::move(listen));
            continue;
        }
        for (const auto port : ports) {
            listen.port = port;
            out.push_back(listen);
        }
    }
    if (out.empty())
        for (const auto port : ports) out.push_back({.host = {}, .port = port, .where = {}});
    return out;
}

}  // namespace guestprep
