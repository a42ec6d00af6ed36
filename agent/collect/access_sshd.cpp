// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "agent/collect/access_parts.h"
#include "agent/core/text.h"
#include "agent/formats/shell_settings.h"

namespace guestprep {
namespace {

constexpr std::size_t kMostIncluded = 500;
constexpr std::size_t kMostProgram = 32 << 20;  // bytes of sshd looked through
constexpr std::string_view kServiceNames[] = {"sshd", "ssh"};
constexpr std::string_view kSocketNames[] = {"ssh.socket", "sshd.socket"};

/// What sshd is started with besides its configuration.
struct StartOptions {
    std::string path;  ///< the file they stand in
    std::vector<std::string> ports;
    std::string config;
    std::string lines;  ///< -o options, one a line
};

void read_option_words(const std::vector<std::string_view>& words, StartOptions& out) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i].size() < 2 || words[i][0] != '-') continue;
        const char option = words[i][1];
        if (option != 'p' && option != 'f' && option != 'o') continue;
        auto value = words[i].substr(2);
        if (value.empty() && i + 1 < words.size()) value = words[++i];
        if (option == 'p') out.ports.emplace_back(value);
        if (option == 'f') out.config = value;
        if (option == 'o') out.lines += std::string(value) + "\n";
    }
}

/// systemd reads these files itself and takes the rest of a line, blanks and all, where a shell
/// would see a command: SSHD_OPTS=-p 8022.
std::optional<std::string> value_as_systemd_reads(std::string_view text, std::string_view name) {
    std::optional<std::string> value;
    for (const auto line : lines_of(text)) {
        const auto setting = trimmed(line);
        if (setting.starts_with(name) && setting.substr(name.size()).starts_with('='))
            value = std::string(trimmed(setting.substr(name.size() + 1)));
    }
    return value;
}

StartOptions start_options(const FileReader& files) {
    StartOptions out;
    for (const std::string_view path :
         {"/etc/sysconfig/sshd", "/etc/sysconfig/ssh", "/etc/default/ssh"}) {
        const auto text = files.read(GuestPath(path));
        if (!text) continue;
        const ShellSettings settings(*text);
        for (const std::string_view name : {"OPTIONS", "SSHD_OPTS"}) {
            auto value = settings.value(name);
            if (!value) value = value_as_systemd_reads(*text, name);
            if (!value) continue;
            out.path = path;
            read_option_words(words_of(*value), out);
        }
    }
    return out;
}

/// The release sshd was built as: "OpenSSH_9.2p1" stands in it. Patterns of other releases do too
/// ("OpenSSH_6.6.1*"), but none with a 'p' and a number.
std::optional<SshVersion> version_in(std::string_view bytes) {
    constexpr std::string_view kMark = "OpenSSH_";
    for (auto at = bytes.find(kMark); at != std::string_view::npos;
         at = bytes.find(kMark, at + 1)) {
        const auto rest = bytes.substr(at + kMark.size(), 12);
        const auto end = rest.find_first_not_of("0123456789.");
        if (end == std::string_view::npos || end + 1 >= rest.size() || rest[end] != 'p') continue;
        if (rest[end + 1] < '0' || rest[end + 1] > '9') continue;
        if (auto version = parse_ssh_version(rest)) return version;
    }
    return std::nullopt;
}

void look_through_program(const FileReader& files, const GuestPath& path, SshServer& ssh,
                          std::optional<SshVersion>& version) {
    const auto source = files.open(path);
    if (!source) {
        ssh.version = std::unexpected(source.error());
        return;
    }
    std::array<std::byte, 65536> buffer{};
    std::string window;  // the end of the last piece, so that no string is cut in two
    for (std::size_t seen = 0; seen < kMostProgram;) {
        const auto n = (*source)->read(buffer);
        if (!n || *n == 0) break;
        seen += *n;
        window.append(reinterpret_cast<const char*>(buffer.data()), *n);
        if (!version) version = version_in(window);
        // sshd before 6.7, and those of Debian and RHEL 7 after it.
        ssh.uses_hosts_access |= contains(window, "libwrap.so");
        window.erase(0, window.size() - std::min<std::size_t>(window.size(), 64));
    }
    if (version)
        ssh.version = std::to_string(version->major) + "." + std::to_string(version->minor);
    else
        ssh.version = failure(Errc::bad_syntax, path.str() + ": names no release of OpenSSH");
}

void find_program(const FileReader& files, SshServer& ssh, std::optional<SshVersion>& version) {
    for (const std::string_view name : {"/usr/sbin/sshd", "/usr/local/sbin/sshd", "/usr/bin/sshd",
                                        "/sbin/sshd", "/opt/openssh/sbin/sshd"}) {
        const GuestPath path(name);
        const auto info = files.info(path);
        if (!info && info.error().code != Errc::not_found) {
            ssh.program = std::unexpected(info.error());
            return;
        }
        if (!info || info->kind != FileKind::regular) continue;
        ssh.program = path.str();
        look_through_program(files, path, ssh, version);
        return;
    }
    ssh.program = failure(Errc::not_found, "/usr/sbin/sshd: there is no such file");
    for (const std::string_view name : {"/usr/sbin/dropbear", "/usr/bin/dropbear",
                                        "/usr/local/sbin/dropbear", "/usr/sbin/tinysshd"})
        if (files.exists(GuestPath(name))) ssh.other_server = name;
}

GuestPath config_path(const FileReader& files, const StartOptions& options,
                      const std::string& program) {
    if (!options.config.empty()) return GuestPath(options.config);
    if (program.starts_with("/usr/local/") && files.exists(GuestPath("/usr/local/etc/sshd_config")))
        return GuestPath("/usr/local/etc/sshd_config");
    const GuestPath usual("/etc/ssh/sshd_config");
    // SUSE ships the file below /usr/etc and reads it where /etc has none.
    const GuestPath shipped("/usr/etc/ssh/sshd_config");
    return !files.exists(usual) && files.exists(shipped) ? shipped : usual;
}

void read_config(const Host& host, const StartOptions& options, SshServer& ssh,
                 SshReading& reading) {
    const auto path = config_path(host.files, options, ssh.program ? *ssh.program : "");
    const auto text = host.files.read(path);
    const SshdIncludes includes = [&](std::string_view pattern) {
        std::vector<SshdFile> files;
        for (const auto& file : glob(host.files, pattern))
            files.push_back({file.str(), host.files.read(file)});
        return files;
    };
    auto& settings = reading.settings;
    if (!text) {
        ssh.config = std::unexpected(text.error());
    } else {
        ssh.config = path.str();
        settings = read_sshd_settings(path.str(), *text, reading.version, includes);
    }
    auto early = read_sshd_settings(options.path, options.lines, reading.version, includes);
    if (!options.ports.empty()) {
        std::erase_if(settings.directives, [](const auto& d) { return d.keyword == "port"; });
        for (const auto& port : options.ports)
            early.directives.push_back({"port", {port}, options.path, {}});
    }
    settings.directives.insert(settings.directives.begin(), early.directives.begin(),
                               early.directives.end());
    for (const auto& problem : settings.problems)
        (problem.certain ? ssh.problems : ssh.doubts)
            .push_back({problem.where, shown(problem.what)});
    for (const auto& error : settings.unread) ssh.unread.push_back(error.message);
}

/// What sshd itself says of its configuration. It needs root to read its keys.
void ask_sshd(const Host& host, const StartOptions& options, SshServer& ssh) {
    if (!host.running || !host.privileged || !ssh.program) return;
    Command command{{*ssh.program, "-t"}};
    if (!options.config.empty()) command.argv.insert(command.argv.end(), {"-f", options.config});
    const auto answer = host.commands.run(command);
    if (!answer) {
        ssh.self_test = std::unexpected(answer.error());
        return;
    }
    if (answer->exit_code == 0) {
        ssh.self_test = std::string();
        return;
    }
    const auto said = shown(trimmed(answer->err.empty() ? answer->out : answer->err), 300);
    // Made by the service before it starts sshd; keys are judged by their files.
    if (contains(said, "privilege separation directory") || contains(said, "no hostkeys") ||
        contains(said, "load host key"))
        ssh.self_test = failure(Errc::command_failed, "sshd -t: " + said);
    else
        ssh.self_test = said.empty() ? "sshd -t failed and said nothing" : said;
}

std::vector<SshListener> socket_listeners(const IniFile& unit, const std::string& name) {
    std::vector<SshListener> out;
    for (const auto& text : unit_words(unit, "Socket", "ListenStream")) {
        if (text.starts_with('/') || text.starts_with('@') || text.starts_with("vsock")) continue;
        if (const auto port = to_number(text); port && *port >= 1 && *port <= 65535) {
            out.push_back({"", static_cast<std::uint16_t>(*port), name});
        } else if (const auto listen = parse_listen_address(text); listen.port != 0) {
            out.push_back({listen.host, listen.port, name});
        }
    }
    return out;
}

bool has_socket_generator(const FileReader& files) {
    for (const std::string_view base : {"/usr/lib", "/lib"})
        if (files.exists(GuestPath(base) / "systemd/system-generators/sshd-socket-generator"))
            return true;
    return false;
}

void find_listeners(const Host& host, const BootServices& services, SshServer& ssh,
                    const SshdSettings& settings) {
    bool configured = false;
    for (auto& listen : ssh_listeners(settings)) {
        configured |= !listen.where.empty() || listen.port != 22;
        ssh.listeners.push_back({std::move(listen.host), listen.port, std::move(listen.where)});
    }
    if (const auto* family = SshdView(settings).first("addressfamily"))
        if (!family->args.empty()) ssh.address_family = {family->where, family->args[0]};
    if (!ssh.socket.starts() || ssh.service.starts()) return;
    // systemd listens in sshd's place. Ubuntu from 23.10 makes the socket's ports out of
    // sshd_config; elsewhere Port and ListenAddress have no say.
    if (configured && has_socket_generator(host.files)) return;
    if (const auto unit = services.unit_file(ssh.socket.name))
        if (auto listeners = socket_listeners(*unit, ssh.socket.name); !listeners.empty()) {
            ssh.listeners = std::move(listeners);
            ssh.address_family = {};
        }
}

void find_host_keys(const FileReader& files, SshServer& ssh, const SshdSettings& settings) {
    auto names = SshdView(settings).all("hostkey");
    if (names.empty())
        for (const std::string_view type : {"rsa", "ecdsa", "ed25519", "dsa"})
            names.push_back("/etc/ssh/ssh_host_" + std::string(type) + "_key");
    for (const auto& name : names) {
        const auto info = files.info(GuestPath(name));
        if (!info && info.error().code == Errc::not_found) continue;
        // sshd refuses a key that others may read; Red Hat lets a group.
        if (!info)
            ssh.bad_host_keys.push_back({name, info.error().message});
        else if (info->size == 0)
            ssh.bad_host_keys.push_back({name, "the file is empty"});
        else if ((info->permissions & 07U) != 0)
            ssh.bad_host_keys.push_back({name, "others may read it"});
        else
            ssh.host_keys.push_back(name);
    }
}

bool makes_keys(std::string_view text) {
    return contains(text, "keygen") || contains(text, "gen-keys") || contains(text, "genkeys");
}

/// What makes missing host keys before sshd starts: a unit of its own, or the one that starts sshd.
std::string key_generator(const Host& host, const BootServices& services, const SshServer& ssh) {
    for (const std::string_view name :
         {"sshd-keygen.service", "sshd-keygen@ed25519.service", "sshd-keygen@rsa.service",
          "sshdgenkeys.service", "ssh-keygen.service", "regenerate_ssh_host_keys.service"})
        if (const auto state = services.state(name); state.starts()) return state.evidence;
    if (const auto unit = services.unit_file(ssh.service.name)) {
        for (const auto& entry : unit->entries())
            if (entry.section == "Service" && makes_keys(entry.value))
                return ssh.service.name + ": " + entry.key + "=" + shown(entry.value, 60);
        return {};
    }
    for (const std::string_view folder : {"/etc/init.d", "/etc/rc.d/init.d"})
        for (const auto name : kServiceNames) {
            const auto path = GuestPath(folder) / name;
            if (const auto text = host.files.read(path); text && makes_keys(*text))
                return path.str();
        }
    return {};
}

void set_ports(AccessFacts& access) {
    const auto& ssh = access.ssh;
    if (!ssh.program && ssh.other_server.empty()) {
        access.ssh_ports = std::unexpected(ssh.program.error());
        return;
    }
    if (!ssh.config && ssh.config.error().code != Errc::not_found) {
        access.ssh_ports = std::unexpected(ssh.config.error());
        return;
    }
    if (!ssh.unread.empty()) {
        access.ssh_ports = failure(Errc::access_denied, ssh.unread.front());
        return;
    }
    std::vector<std::uint16_t> ports;
    for (const auto& listen : ssh.listeners)
        if (std::ranges::find(ports, listen.port) == ports.end()) ports.push_back(listen.port);
    access.ssh_ports = std::move(ports);
}

}  // namespace

std::vector<GuestPath> glob(const FileReader& files, std::string_view pattern) {
    std::vector<GuestPath> found{GuestPath("/")};
    for (const auto part : split(pattern, '/')) {
        if (part.empty()) continue;
        std::vector<GuestPath> next;
        for (const auto& folder : found) {
            if (part.find_first_of("*?[") == std::string_view::npos) {
                if (files.link_info(folder / part)) next.push_back(folder / part);
                continue;
            }
            const auto names = files.list(folder);
            if (!names) continue;
            for (const auto& name : *names)
                if (next.size() < kMostIncluded && matches_glob(part, name) &&
                    (name[0] != '.' || part[0] == '.'))
                    next.push_back(folder / name);
        }
        found = std::move(next);
    }
    return found;
}

SshReading collect_ssh_server(const Host& host, const BootServices& services, Facts& facts) {
    auto& ssh = facts.access.ssh;
    SshReading reading;
    find_program(host.files, ssh, reading.version);
    ssh.service = services.first_of(kServiceNames);
    ssh.socket = services.first_of(kSocketNames);
    // Debian's switch; its unit asks for it by a condition, its init script and job by a test.
    const GuestPath off("/etc/ssh/sshd_not_to_be_run");
    if (host.files.exists(off) && host.files.exists(GuestPath("/etc/debian_version"))) {
        ssh.switched_off_by = off.str();
        (void)host.files.read(off);  // for a fixer, which changes nothing that was not read
    }
    const auto options = start_options(host.files);
    read_config(host, options, ssh, reading);
    ask_sshd(host, options, ssh);
    find_listeners(host, services, ssh, reading.settings);
    find_host_keys(host.files, ssh, reading.settings);
    ssh.key_generator = key_generator(host, services, ssh);
    for (const auto& listen : ssh.listeners) reading.ports.push_back(listen.port);
    set_ports(facts.access);
    return reading;
}

}  // namespace guestprep
