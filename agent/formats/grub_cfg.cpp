// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/grub_cfg.h"

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <utility>

#include "agent/core/text.h"
#include "agent/formats/grub_script.h"
#include "agent/formats/grub_test_command.h"

namespace guestprep {
namespace {

using Variables = std::map<std::string, GrubCfg::Variable>;

constexpr std::size_t kMostWork = 2'000'000;  ///< statements, and variables copied
constexpr std::size_t kMostVariables = 2000;
constexpr int kDeepest = 200;  ///< statements within statements, calls and branches
constexpr int kDeepestMenu = 10;

/// Set by the loader itself in every version that distributions ship.
constexpr std::array<std::string_view, 8> kFeatures = {
    "feature_menuentry_id",      "feature_timeout_style",    "feature_platform_search_hint",
    "feature_default_font_path", "feature_all_video_module", "feature_menuentry_options",
    "feature_200_final",         "feature_nativedisk_cmd"};
/// Known to the running loader only.
constexpr std::array<std::string_view, 9> kRuntime = {
    "grub_platform",    "grub_cpu", "root",     "prefix",   "cmdpath",
    "config_directory", "?",        "lockdown", "shim_lock"};

std::string strip_device(std::string_view path) {
    if (path.starts_with('(')) path.remove_prefix(std::min(path.find(')') + 1, path.size()));
    return std::string(path);
}

struct Depth {
    explicit Depth(int& count) : count_(count) { ++count_; }
    ~Depth() { --count_; }
    Depth(const Depth&) = delete;
    Depth& operator=(const Depth&) = delete;
    int& count_;
};

class Interpreter {
public:
    Interpreter(GrubCfg& out, const std::map<std::string, std::string>* saved)
        : out_(out), saved_(saved) {
        for (const auto name : kFeatures) variables_[std::string(name)] = {"y", true};
        for (const auto name : kRuntime) variables_[std::string(name)] = {{}, false};
    }

    void run_file(const GrubScript& script) {
        run(script.commands, nullptr, out_.menu, true);
        out_.variables = variables_;
        const auto* const users = out_.variable("superusers");
        out_.asks_password = users != nullptr && !users->value.empty();
        fill(out_.menu, 0);
    }

private:
    /// A menu entry's body is run when it is chosen, with the variables as they are then.
    void fill(std::vector<MenuEntry>& menu, int depth) {
        for (auto& entry : menu) {
            const auto body = bodies_.find({entry.line, entry.title});
            if (body == bodies_.end() || !work(out_.variables.size())) continue;
            variables_ = out_.variables;
            if (entry.is_submenu) {
                if (depth >= kDeepestMenu) continue;
                run(*body->second, nullptr, entry.children, entry.certain);
                fill(entry.children, depth + 1);
            } else {
                std::vector<MenuEntry> nested;
                run(*body->second, &entry, nested, true);
            }
        }
    }

    bool work(std::size_t amount) {
        work_ += amount;
        if (work_ <= kMostWork) return true;
        if (!stopped_)
            out_.problems.emplace_back("takes longer to run than any real configuration");
        stopped_ = true;
        return false;
    }

    GrubArgument expand(const GrubWord& word) const {
        GrubArgument out;
        for (const auto& part : word.parts) {
            if (!part.variable) {
                out.text += part.text;
                continue;
            }
            const auto found = variables_.find(part.text);
            if (found == variables_.end()) continue;
            out.text += found->second.value;
            out.certain = out.certain && found->second.certain;
        }
        return out;
    }
    std::vector<GrubArgument> expand_all(const std::vector<GrubWord>& words) const {
        std::vector<GrubArgument> out;
        out.reserve(words.size());
        for (const auto& word : words) {
            auto value = expand(word);
            // An unquoted variable that is empty is no argument at all.
            const bool vanishes = value.text.empty() && value.certain && word.parts.size() == 1 &&
                                  word.parts[0].variable;
            if (!vanishes) out.push_back(std::move(value));
        }
        return out;
    }
    void set(std::string_view name, GrubArgument value, bool certain = true) {
        if (variables_.size() < kMostVariables || variables_.contains(std::string(name)))
            variables_[std::string(name)] = {std::move(value.text), value.certain && certain};
    }

    /// Runs statements. `entry` is the menu entry whose body this is, if any. Returns what the last
    /// statement says as a condition.
    std::optional<bool> run(const std::vector<GrubCommand>& commands, MenuEntry* entry,
                            std::vector<MenuEntry>& menu, bool certain) {
        std::optional<bool> last = true;
        const Depth guard(depth_);
        if (depth_ > kDeepest) return std::nullopt;
        for (const auto& command : commands) {
            if (!work(1 + command.words.size())) return std::nullopt;
            switch (command.kind) {
                case GrubCommand::Kind::choice:
                    choose(command, 0, entry, menu, certain);
                    last = std::nullopt;
                    break;
                case GrubCommand::Kind::loop:
                    run(command.body, entry, menu, false);
                    last = std::nullopt;
                    break;
                case GrubCommand::Kind::function:
                    if (!command.words.empty())
                        functions_[expand(command.words[0]).text] = &command.body;
                    break;
                case GrubCommand::Kind::simple:
                    last = simple(command, entry, menu, certain);
                    break;
            }
        }
        return last;
    }

    void choose(const GrubCommand& command, std::size_t from, MenuEntry* entry,
                std::vector<MenuEntry>& menu, bool certain) {
        const Depth guard(depth_);
        if (depth_ > kDeepest) return;
        for (auto i = from; i < command.branches.size(); ++i) {
            const auto& branch = command.branches[i];
            const auto truth = branch.condition.empty()
                                   ? std::optional(true)
                                   : run(branch.condition, entry, menu, certain);
            if (truth == false) continue;
            if (truth == true) {
                run(branch.body, entry, menu, certain);
                return;
            }
            if (!work(2 * variables_.size())) return;
            auto otherwise = variables_;
            run(branch.body, entry, menu, false);
            std::swap(variables_, otherwise);
            choose(command, i + 1, entry, menu, false);
            merge(otherwise);
            return;
        }
    }
    /// What differs between the two sides of a condition that cannot be known is not known either.
    void merge(const Variables& other) {
        for (const auto& [name, theirs] : other) {
            auto& ours = variables_[name];
            if (ours.value == theirs.value) {
                ours.certain = ours.certain && theirs.certain;
            } else {
                ours = {theirs.value, false};
            }
        }
        for (auto& [name, ours] : variables_)
            if (!other.contains(name) && !ours.value.empty()) ours.certain = false;
    }

    std::optional<bool> simple(const GrubCommand& command, MenuEntry* entry,
                               std::vector<MenuEntry>& menu, bool certain) {
        if (command.words.empty()) {
            run(command.body, entry, menu, certain);
            return std::nullopt;
        }
        const auto words = expand_all(command.words);
        if (words.empty()) return std::nullopt;
        const std::span<const GrubArgument> arguments = std::span(words).subspan(1);
        const auto& name = words[0].text;
        if (name == "menuentry" || name == "submenu") {
            add_entry(command, words, menu, certain);
        } else if (name == "[" || name == "test") {
            const bool bracket = !arguments.empty() && arguments.back().text == "]";
            return grub_test(arguments.first(arguments.size() - (bracket ? 1 : 0)),
                             saved_ != nullptr);
        } else if (name == "true" || name == "false") {
            return name == "true";
        } else if (const auto found = functions_.find(name); found != functions_.end()) {
            call(*found->second, arguments, entry, menu, certain);
        } else if (settings(words)) {
            return true;
        } else if (entry != nullptr) {
            boot_command(command.line, words, *entry);
        } else {
            top_level(words, menu, certain);
        }
        return std::nullopt;
    }

    void call(const std::vector<GrubCommand>& body, std::span<const GrubArgument> arguments,
              MenuEntry* entry, std::vector<MenuEntry>& menu, bool certain) {
        for (std::size_t i = 0; i < 9; ++i) {
            const bool given = i < arguments.size();
            set(std::to_string(i + 1), given ? arguments[i] : GrubArgument{});
        }
        run(body, entry, menu, certain);
    }

    void add_entry(const GrubCommand& command, std::span<const GrubArgument> words,
                   std::vector<MenuEntry>& menu, bool certain) {
        MenuEntry entry;
        entry.line = command.line;
        entry.certain = certain;
        entry.is_submenu = words[0].text == "submenu";
        if (words.size() > 1) entry.title = words[1].text;
        for (std::size_t i = 2; i < words.size(); ++i) {
            if (words[i].text == "--id" && i + 1 < words.size()) entry.id = words[i + 1].text;
            if (words[i].text == "--unrestricted") entry.unrestricted = true;
        }
        bodies_[{entry.line, entry.title}] = &command.body;
        menu.push_back(std::move(entry));
    }

    /// Statements that change variables; false for others.
    bool settings(std::span<const GrubArgument> words) {
        const auto& name = words[0].text;
        const auto assign = [&](const GrubArgument& word) {
            const auto equals = word.text.find('=');
            if (equals == std::string::npos || equals == 0) return false;
            set(word.text.substr(0, equals), {word.text.substr(equals + 1), word.certain});
            return true;
        };
        if (name == "set") {
            for (const auto& word : words.subspan(1)) assign(word);
        } else if (name == "unset") {
            for (const auto& word : words.subspan(1)) variables_.erase(word.text);
        } else if (name == "load_env") {
            load_environment(words.subspan(1));
        } else if (name == "export" || name == "save_env") {
            return true;
        } else {
            const auto equals = name.find('=');
            if (words.size() != 1 || equals == 0 || equals == std::string::npos ||
                name.find('/') < equals)
                return false;
            return assign(words[0]);
        }
        return true;
    }
    void load_environment(std::span<const GrubArgument> arguments) {
        out_.loads_environment = true;
        if (saved_ == nullptr) return;
        std::set<std::string> only;
        for (std::size_t i = 0; i < arguments.size(); ++i) {
            if (arguments[i].text == "-f" || arguments[i].text == "--file")
                ++i;
            else if (!arguments[i].text.starts_with('-'))
                only.insert(arguments[i].text);
        }
        for (const auto& [name, value] : *saved_)
            if (only.empty() || only.contains(name)) set(name, {value, true});
    }

    void top_level(std::span<const GrubArgument> words, std::vector<MenuEntry>& menu,
                   bool certain) {
        const auto& name = words[0].text;
        if (name == "blscfg") {
            out_.uses_blscfg = true;
            MenuEntry place;
            place.is_bls = true;
            place.certain = certain;
            menu.push_back(std::move(place));
        } else if ((name == "configfile" || name == "source" || name == ".") && words.size() > 1) {
            out_.continues_in.push_back(words[1].text);
        }
    }

    static void boot_command(std::size_t line, std::span<const GrubArgument> words,
                             MenuEntry& entry) {
        const auto& name = words[0].text;
        std::vector<std::string> arguments;
        for (const auto& word : words.subspan(1))
            if (!arguments.empty() || !word.text.starts_with("--")) arguments.push_back(word.text);
        const auto first = arguments.empty() ? std::string() : strip_device(arguments[0]);
        const auto set_kernel = [&] {
            entry.command = name;
            entry.kernel = first;
            entry.command_line_line = line;
            if (!arguments.empty()) arguments.erase(arguments.begin());
            entry.command_line = join(arguments, " ");
        };
        if (name == "linux" || name == "linux16" || name == "linuxefi") {
            set_kernel();
        } else if (name == "initrd" || name == "initrd16" || name == "initrdefi") {
            entry.initrds.clear();
            for (const auto& path : arguments) entry.initrds.push_back(strip_device(path));
        } else if (name == "multiboot" || name == "multiboot2" || name == "xen_hypervisor") {
            entry.hypervisor = first;
        } else if (name == "module" || name == "module2" || name == "xen_module") {
            if (entry.kernel.empty())
                set_kernel();
            else
                entry.initrds.push_back(first);
        } else if (name == "chainloader" || name == "ntldr") {
            entry.chainloads = true;
        } else if (name == "configfile" || name == "source") {
            entry.configfile = first;
        }
    }

    GrubCfg& out_;
    const std::map<std::string, std::string>* saved_;
    Variables variables_;
    std::map<std::string, const std::vector<GrubCommand>*> functions_;
    std::map<std::pair<std::size_t, std::string>, const std::vector<GrubCommand>*> bodies_;
    std::size_t work_ = 0;
    bool stopped_ = false;
    int depth_ = 0;
};

}  // namespace

const GrubCfg::Variable* GrubCfg::variable(std::string_view name) const {
    const auto found = variables.find(std::string(name));
    return found == variables.end() ? nullptr : &found->second;
}

std::string GrubCfg::expand(std::string_view text) const {
    const auto in_name = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_';
    };
    std::string out;
    while (!text.empty()) {
        const auto dollar = std::min(text.find('$'), text.size());
        out += text.substr(0, dollar);
        text.remove_prefix(dollar);
        if (text.empty()) break;
        const bool braces = text.substr(1).starts_with('{');
        std::size_t end = braces ? 2 : 1;
        const auto begin = end;
        while (end < text.size() && in_name(text[end])) ++end;
        if (const auto* const known = variable(text.substr(begin, end - begin)))
            out += known->value;
        if (end == begin) out += '$';
        text.remove_prefix(std::min(end + (braces ? 1 : 0), text.size()));
    }
    return out;
}

GrubCfg parse_grub_cfg(std::string_view text, const std::map<std::string, std::string>* saved) {
    GrubCfg out;
    const auto script = parse_grub_script(text);
    out.problems = script.problems;
    Interpreter(out, saved).run_file(script);
    return out;
}

}  // namespace guestprep
