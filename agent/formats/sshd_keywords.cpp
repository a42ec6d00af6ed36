// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/sshd_keywords.h"

#include <algorithm>
#include <iterator>

#include "agent/core/text.h"

namespace guestprep {
namespace {

enum class Takes : std::uint8_t {
    flag,     ///< yes or no
    one,      ///< one word
    port,     ///< a TCP port
    root,     ///< what PermitRootLogin takes
    words,    ///< one word or more
    ignored,  ///< sshd warns and goes on, whatever stands there
};
enum class In : std::uint8_t { any, global };  // global: refused inside a Match block

struct Keyword {
    std::string_view name;
    Takes takes;
    In in = In::any;
};

// Those of OpenSSH 3.9 to 10.2, with what Red Hat, SUSE, Debian and Ubuntu add. Sorted.
constexpr Keyword kKeywords[] = {
    {"acceptenv", Takes::words},
    {"addressfamily", Takes::one, In::global},
    {"allowagentforwarding", Takes::flag},
    {"allowgroups", Takes::words},
    {"allowstreamlocalforwarding", Takes::one},
    {"allowtcpforwarding", Takes::one},
    {"allowusers", Takes::words},
    {"authenticationmethods", Takes::words},
    {"authorizedkeyscommand", Takes::words},
    {"authorizedkeyscommandrunas", Takes::one},
    {"authorizedkeyscommanduser", Takes::one},
    {"authorizedkeysfile", Takes::words},
    {"authorizedkeysfile2", Takes::one},
    {"authorizedprincipalscommand", Takes::words},
    {"authorizedprincipalscommanduser", Takes::one},
    {"authorizedprincipalsfile", Takes::one},
    {"banner", Takes::words},
    {"casignaturealgorithms", Takes::one},
    {"challengeresponseauthentication", Takes::flag},
    {"channeltimeout", Takes::words},
    {"chrootdirectory", Takes::words},
    {"ciphers", Takes::one, In::global},
    {"clientalivecountmax", Takes::one},
    {"clientaliveinterval", Takes::one},
    {"compression", Takes::one, In::global},
    {"debianbanner", Takes::flag, In::global},
    {"denygroups", Takes::words},
    {"denyusers", Takes::words},
    {"disableforwarding", Takes::flag},
    {"dsaauthentication", Takes::flag},
    {"exposeauthenticationmethods", Takes::one},
    {"exposeauthinfo", Takes::flag},
    {"fingerprinthash", Takes::one, In::global},
    {"forcecommand", Takes::words},
    {"gatewayports", Takes::one},
    {"gssapiauthentication", Takes::flag},
    {"gssapicleanupcredentials", Takes::flag, In::global},
    {"gssapicleanupcreds", Takes::ignored},
    {"gssapidelegatecredentials", Takes::ignored},
    {"gssapienablek5users", Takes::flag},
    {"gssapiindicators", Takes::words},
    {"gssapikexalgorithms", Takes::one},
    {"gssapikeyexchange", Takes::flag, In::global},
    {"gssapistorecredentialsonrekey", Takes::flag},
    {"gssapistrictacceptorcheck", Takes::flag, In::global},
    {"gssusesessionccache", Takes::ignored},
    {"gssusesessioncredcache", Takes::ignored},
    {"hostbasedacceptedalgorithms", Takes::one},
    {"hostbasedacceptedkeytypes", Takes::one},
    {"hostbasedauthentication", Takes::flag},
    {"hostbasedusesnamefrompacketonly", Takes::flag},
    {"hostcertificate", Takes::one, In::global},
    {"hostdsakey", Takes::one, In::global},
    {"hostkey", Takes::one, In::global},
    {"hostkeyagent", Takes::one, In::global},
    {"hostkeyalgorithms", Takes::one, In::global},
    {"hpnbuffersize", Takes::one},
    {"hpndisabled", Takes::flag},
    {"ignorerhosts", Takes::one},
    {"ignorerootrhosts", Takes::one},
    {"ignoreuserknownhosts", Takes::flag, In::global},
    {"include", Takes::words},
    {"ipqos", Takes::words},
    {"kbdinteractiveauthentication", Takes::flag},
    {"keepalive", Takes::flag, In::global},
    {"kerberosauthentication", Takes::flag},
    {"kerberosgetafstoken", Takes::ignored},
    {"kerberosorlocalpasswd", Takes::ignored},
    {"kerberostgtpassing", Takes::ignored},
    {"kerberosticketcleanup", Takes::ignored},
    {"kerberosuniqueccache", Takes::ignored},
    {"kerberosusekuserok", Takes::ignored},
    {"kexalgorithms", Takes::one, In::global},
    {"keyregenerationinterval", Takes::ignored},
    {"listenaddress", Takes::words, In::global},
    {"logingracetime", Takes::one, In::global},
    {"loglevel", Takes::one},
    {"logverbose", Takes::words},
    {"lpkserver", Takes::ignored},
    {"macs", Takes::one, In::global},
    {"maxauthtries", Takes::one},
    {"maxsessions", Takes::one},
    {"maxstartups", Takes::one, In::global},
    {"modulifile", Takes::one, In::global},
    {"noneenabled", Takes::flag},
    {"nonemacenabled", Takes::flag},
    {"pamauthenticationviakbdint", Takes::ignored},
    {"pamservicename", Takes::one, In::global},
    {"passwordauthentication", Takes::flag},
    {"permitblacklistedkeys", Takes::ignored},
    {"permitemptypasswords", Takes::flag},
    {"permitlisten", Takes::words},
    {"permitopen", Takes::words},
    {"permitpamuserchange", Takes::flag},
    {"permitrootlogin", Takes::root},
    {"permittty", Takes::flag},
    {"permittunnel", Takes::one},
    {"permituserenvironment", Takes::one, In::global},
    {"permituserrc", Takes::flag},
    {"persourcemaxstartups", Takes::one, In::global},
    {"persourcenetblocksize", Takes::one, In::global},
    {"persourcepenalties", Takes::words, In::global},
    {"persourcepenaltyexemptlist", Takes::one, In::global},
    {"pidfile", Takes::one, In::global},
    {"port", Takes::port, In::global},
    {"printlastlog", Takes::flag, In::global},
    {"printmotd", Takes::flag, In::global},
    {"protocol", Takes::ignored},
    {"pubkeyacceptedalgorithms", Takes::one},
    {"pubkeyacceptedkeytypes", Takes::one},
    {"pubkeyauthentication", Takes::flag},
    {"pubkeyauthoptions", Takes::words},
    {"rdomain", Takes::one},
    {"refuseconnection", Takes::flag},
    {"rekeylimit", Takes::words},
    {"requiredrsasize", Takes::one},
    {"reversemappingcheck", Takes::ignored},
    {"revokedkeys", Takes::one},
    {"rhostsauthentication", Takes::ignored},
    {"rhostsrsaauthentication", Takes::ignored},
    {"rsaauthentication", Takes::ignored},
    {"rsaminsize", Takes::one},
    {"securitykeyprovider", Takes::one, In::global},
    {"serverkeybits", Takes::ignored},
    {"setenv", Takes::words},
    {"showpatchlevel", Takes::ignored},
    {"skeyauthentication", Takes::flag},
    {"sshdauthpath", Takes::one, In::global},
    {"sshdsessionpath", Takes::one, In::global},
    {"streamlocalbindmask", Takes::one},
    {"streamlocalbindunlink", Takes::flag},
    {"strictmodes", Takes::flag, In::global},
    {"subsystem", Takes::words},
    {"syslogfacility", Takes::one, In::global},
    {"tcpkeepalive", Takes::flag, In::global},
    {"tcprcvbufpoll", Takes::flag},
    {"trustedusercakeys", Takes::one},
    {"unusedconnectiontimeout", Takes::one},
    {"usedns", Takes::flag, In::global},
    {"uselogin", Takes::ignored},
    {"usepam", Takes::flag, In::global},
    {"useprivilegeseparation", Takes::ignored},
    {"verifyreversemapping", Takes::ignored},
    {"versionaddendum", Takes::words, In::global},
    {"x11displayoffset", Takes::one},
    {"x11forwarding", Takes::flag},
    {"x11maxdisplays", Takes::one},
    {"x11uselocalhost", Takes::flag},
    {"xauthlocation", Takes::one, In::global},
};

static_assert(std::ranges::is_sorted(kKeywords, {}, &Keyword::name));

const Keyword* find_keyword(std::string_view name) {
    const auto found = std::ranges::lower_bound(kKeywords, name, {}, &Keyword::name);
    return found != std::end(kKeywords) && found->name == name ? found : nullptr;
}

bool is_flag(std::string_view value) {
    return equal_ignoring_case(value, "yes") || equal_ignoring_case(value, "no");
}

bool is_root_choice(std::string_view value, std::optional<SshVersion> version) {
    const auto choice = lowercase(value);
    // The name came with 7.0: before, sshd does not start with it.
    if (choice == "prohibit-password") return !version || *version >= SshVersion{7, 0};
    return is_flag(choice) || choice == "without-password" || choice == "forced-commands-only";
}

bool is_port(std::string_view value) {
    const auto number = to_number(value);
    // Names of services work too; "https" has been seen.
    if (!number)
        return value.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string_view::npos;
    return *number >= 1 && *number <= 65535;
}

std::string wrong_value(const Keyword& keyword, std::string_view value,
                        std::optional<SshVersion> version) {
    bool right = true;
    if (keyword.takes == Takes::flag) right = is_flag(value);
    if (keyword.takes == Takes::root) right = is_root_choice(value, version);
    if (keyword.takes == Takes::port) right = is_port(value);
    return right ? "" : "\"" + shown(value, 40) + "\" is no value for it";
}

/// A cipher or MAC that 7.6 took out: a list that names one is refused, unless it takes it away.
std::string_view algorithm_of_old(std::string_view name, std::string_view list) {
    constexpr std::string_view kGone[] = {"arcfour",
                                          "arcfour128",
                                          "arcfour256",
                                          "blowfish-cbc",
                                          "cast128-cbc",
                                          "hmac-ripemd160",
                                          "hmac-ripemd160@openssh.com",
                                          "hmac-ripemd160-etm@openssh.com"};
    if ((name != "ciphers" && name != "macs") || list.starts_with('-')) return {};
    if (list.starts_with('+') || list.starts_with('^')) list.remove_prefix(1);
    for (const auto one : split(list, ','))
        if (std::ranges::find(kGone, one) != std::end(kGone)) return one;
    return {};
}

}  // namespace

std::string_view present_ssh_keyword(std::string_view keyword) {
    constexpr std::pair<std::string_view, std::string_view> kRenamed[] = {
        {"challengeresponseauthentication", "kbdinteractiveauthentication"},
        {"skeyauthentication", "kbdinteractiveauthentication"},
        {"dsaauthentication", "pubkeyauthentication"},
        {"pubkeyacceptedkeytypes", "pubkeyacceptedalgorithms"},
        {"hostdsakey", "hostkey"},
        {"keepalive", "tcpkeepalive"},
    };
    for (const auto& [old_name, name] : kRenamed)
        if (keyword == old_name) return name;
    return keyword;
}

SshdComplaint ssh_complaint(std::string_view name, const std::vector<std::string>& args,
                            bool in_match, std::optional<SshVersion> version) {
    const auto* keyword = find_keyword(name);
    if (keyword == nullptr) {
        const bool certain = version && *version <= kNewestKnownSsh;
        return {"sshd knows no keyword \"" + shown(name, 40) + '"', certain};
    }
    const bool strict = !version || *version >= SshVersion{8, 7};
    // Before 8.7 a list might be empty.
    const bool lenient =
        keyword->takes == Takes::ignored || (keyword->takes == Takes::words && name != "include");
    if (args.empty() || args[0].empty()) {
        if (lenient && !strict) return {};
        return {"the value is missing"};
    }
    if (keyword->takes == Takes::ignored) return {};
    if (in_match && keyword->in == In::global)
        return {"this may not stand inside a Match block", true};
    if (auto wrong = wrong_value(*keyword, args[0], version); !wrong.empty()) return {wrong};
    if (keyword->takes != Takes::words && args.size() > 1)
        return {"\"" + shown(args[1], 40) + "\" is too much on this line"};
    if (!version || *version >= SshVersion{7, 6})
        if (const auto gone = algorithm_of_old(name, args[0]); !gone.empty())
            return {"sshd knows \"" + std::string(gone) + "\" no more", version.has_value()};
    return {};
}

}  // namespace guestprep
