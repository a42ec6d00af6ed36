// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/kernel_arguments.h"

#include <algorithm>
#include <functional>
#include <map>

#include "agent/core/text.h"
#include "agent/facts/network_edits.h"
#include "agent/formats/grubenv.h"
#include "agent/formats/kernel_command_line.h"
#include "agent/formats/shell_assignments.h"

namespace guestprep {
namespace {

constexpr const char* kDefaultGrub = "/etc/default/grub";
constexpr std::string_view kMoreDefaults = "/etc/default/grub.d";
constexpr std::string_view kEntries = "/boot/loader/entries";
constexpr std::string_view kMark = "### BEGIN /etc/grub.d/";

std::string line_of(const std::vector<ArgumentChange>& changes) {
    std::string out;
    for (const auto& change : changes)
        out += (out.empty() ? "" : " ") + (change.key + '=' + change.value);
    return out;
}

bool is_debian(const Facts& facts) {
    return facts.os.distribution && facts.os.distribution->family == "debian";
}

/// Texts that are edited step by step; what differs in the end is a change.
class Edits {
public:
    explicit Edits(const Facts& facts) : facts_(facts) {}

    [[nodiscard]] bool has(const GuestPath& path) const {
        return texts_.contains(path) || facts_.sources.contains(path);
    }
    Result<std::string> text(const GuestPath& path) const {
        const auto known = texts_.find(path);
        return known != texts_.end() ? known->second : source_of(facts_, path);
    }
    void set(const GuestPath& path, std::string text) {
        texts_.insert_or_assign(path, std::move(text));
    }
    Result<void> edit(const GuestPath& path,
                      const std::function<Result<std::string>(const std::string&)>& editor) {
        const auto before = text(path);
        if (!before) return std::unexpected(before.error());
        auto after = editor(*before);
        if (!after) return std::unexpected(std::move(after.error()).within(path.str()));
        set(path, std::move(*after));
        return {};
    }
    void add_to(ChangeSet& set) const {
        for (const auto& [path, after] : texts_) {
            const auto& before = facts_.sources.at(path);
            if (after == before) continue;
            // A password for the console or for iSCSI may stand beside what is edited.
            const bool secret = redacted_command_line(before) != before;
            set.changes.push_back(FileEdit{
                .path = path, .before = before, .after = after, .mode = {}, .secret = secret});
        }
    }

private:
    const Facts& facts_;
    std::map<GuestPath, std::string> texts_;
};

/// What the generator reads, in its order: a later assignment wins.
std::vector<GuestPath> default_files(const Facts& facts) {
    std::vector<GuestPath> out;
    if (const GuestPath main(kDefaultGrub); facts.sources.contains(main)) out.push_back(main);
    if (!is_debian(facts)) return out;
    for (const auto& [path, text] : facts.sources)
        if (path.parent() == GuestPath(kMoreDefaults) && path.name().ends_with(".cfg"))
            out.push_back(path);
    return out;
}

/// The file whose assignment of `name` counts; the first one where none has it.
std::size_t deciding_file(const Edits& edits, const std::vector<GuestPath>& files,
                          std::string_view name) {
    std::size_t out = 0;
    for (std::size_t i = 0; i < files.size(); ++i)
        if (const auto text = edits.text(files[i]);
            text && ShellAssignments::parse(*text).find(name) != nullptr)
            out = i;
    return out;
}

Result<void> edit_defaults(const Facts& facts, const ArgumentChange& change, Edits& edits) {
    const auto files = default_files(facts);
    if (files.empty())
        return failure(Errc::unsupported, std::string(kDefaultGrub) + ": its text is not known");
    const auto deciding = deciding_file(edits, files, "GRUB_CMDLINE_LINUX");
    for (std::size_t i = 0; i < files.size(); ++i) {
        const auto done = edits.edit(files[i], [&](const std::string& text) {
            if (i == deciding) return set_kernel_argument(text, change);
            return change.keeps_others ? Result<std::string>(text)
                                       : drop_kernel_argument(text, change.key);
        });
        if (!done) return done;
    }
    return {};
}

Result<void> edit_settings(const Facts& facts, const GrubSettings& settings, Edits& edits) {
    const auto files = default_files(facts);
    if (files.empty() && !settings.empty())
        return failure(Errc::unsupported, std::string(kDefaultGrub) + ": its text is not known");
    for (const auto& [name, value] : settings) {
        const auto done = edits.edit(files[deciding_file(edits, files, name)],
                                     [&](const std::string& text) -> Result<std::string> {
                                         auto file = ShellAssignments::parse(text);
                                         if (file.value(name) != value) file.set(name, value);
                                         return file.text();
                                     });
        if (!done) return done;
    }
    return {};
}

/// Entries that are files of their own.
std::vector<GuestPath> entry_files(const BootFacts& boot) {
    std::vector<GuestPath> out;
    for (const auto& entry : boot.entries) {
        const GuestPath path(entry.where.substr(0, entry.where.rfind(':')));
        if (path.parent() == GuestPath(kEntries) && std::ranges::find(out, path) == out.end())
            out.push_back(path);
    }
    return out;
}

bool has_kernelopts(const BootFacts& boot) {
    return boot.environment && boot.environment->variables.contains("kernelopts");
}

Result<void> edit_kernelopts(const BootFacts& boot, Edits& edits,
                             const std::function<std::string(const std::string&)>& editor) {
    if (!has_kernelopts(boot)) return {};
    return edits.edit(GuestPath(boot.environment->path),
                      [&](const std::string& bytes) -> Result<std::string> {
                          const auto line = parse_grubenv(bytes).variables["kernelopts"];
                          const auto after = editor(line);
                          if (after == line) return bytes;
                          return set_grubenv(bytes, "kernelopts", after);
                      });
}

Result<void> edit_entries(const BootFacts& boot, const ArgumentChange& change, Edits& edits) {
    const auto set = [&](const std::string& line) { return set_argument(line, change); };
    if (auto done = edit_kernelopts(boot, edits, set); !done) return done;
    for (const auto& path : entry_files(boot)) {
        const auto done = edits.edit(path, [&](const std::string& text) -> Result<std::string> {
            return set_entry_kernel_argument(text, change, has_kernelopts(boot));
        });
        if (!done) return done;
    }
    // What new kernels' entries are written from, where it is there.
    const GuestPath cmdline("/etc/kernel/cmdline");
    if (!edits.has(cmdline)) return {};
    return edits.edit(cmdline, [&](const std::string& text) -> Result<std::string> {
        const auto end = std::min(text.find_last_not_of("\r\n") + 1, text.size());
        return set_argument(text.substr(0, end), change) + text.substr(end);
    });
}

/// "10_linux": the script that wrote this line of grub.cfg; empty for none.
std::string script_of(std::string_view text, std::uint64_t line) {
    std::string out;
    const auto lines = lines_of(text);
    for (std::size_t i = 0; i < lines.size() && i < line; ++i) {
        if (lines[i].starts_with("### END ")) out.clear();
        if (lines[i].starts_with(kMark))
            out = lines[i].substr(kMark.size(), lines[i].find(' ', kMark.size()) - kMark.size());
    }
    return out;
}

/// The generator does not change what a person wrote into one of its scripts.
Result<void> default_is_generated(const Facts& facts, const LoaderConfig& config) {
    const auto* entry = facts.boot.default_entry();
    const auto text = source_of(facts, GuestPath(config.path));
    if (!text) return std::unexpected(text.error());
    const auto colon = entry == nullptr ? std::string::npos : entry->where.rfind(':');
    if (colon == std::string::npos)
        return failure(Errc::unsupported, "it is not known which entry of the boot menu starts");
    const auto line = to_number(std::string_view(entry->where).substr(colon + 1)).value_or(0);
    const auto script = script_of(*text, line);
    if (contains(script, "linux")) return {};
    return failure(Errc::unsupported, entry->where + " was not written by GRUB's script for Linux" +
                                          (script.empty() ? "" : ", but by " + script) +
                                          ": change it by hand");
}

Result<const LoaderConfig*> grub_config(const Facts& facts, const std::string& by_hand) {
    const auto* config = used_loader_config(facts.boot);
    if (config == nullptr)
        return failure(Errc::unsupported, "it is not clear which configuration the loader reads");
    if (config->loader != LoaderKind::grub2 && config->loader != LoaderKind::grub_legacy)
        return failure(Errc::unsupported, "the boot loader is not GRUB: " + by_hand);
    return config;
}

bool has_all(const BootEntry& entry, const std::vector<ArgumentChange>& changes) {
    const auto words = words_of(entry.command_line);
    return std::ranges::all_of(changes, [&](const auto& change) {
        return std::ranges::find(words, change.key + '=' + change.value) != words.end();
    });
}

/// The files that hold command lines; a generated grub.cfg is not among them.
std::vector<GuestPath> files_with_arguments(const Facts& facts, const LoaderConfig& config) {
    auto out = default_files(facts);
    for (const auto* path : {"/etc/kernel/cmdline", "/etc/sysconfig/bootloader"})
        if (facts.sources.contains(GuestPath(path))) out.emplace_back(path);
    if (config.loader == LoaderKind::grub_legacy) out.emplace_back(config.path);
    for (auto& path : entry_files(facts.boot)) out.push_back(std::move(path));
    return out;
}

}  // namespace

const LoaderConfig* used_loader_config(const BootFacts& boot) {
    const LoaderConfig* out = nullptr;
    for (const auto& config : boot.configs) {
        if (!config.is_used || config.is_stub) continue;
        if (out != nullptr) return nullptr;
        out = &config;
    }
    return out;
}

Result<CommandStep> rewrite_grub_cfg(const Facts& facts) {
    const auto config = grub_config(facts, "write its configuration anew by hand");
    if (!config) return std::unexpected(config.error());
    const auto path = (*config)->real_path.empty() ? (*config)->path : (*config)->real_path;
    const auto text = source_of(facts, GuestPath((*config)->path));
    if (!text) return std::unexpected(text.error());
    if (!contains(*text, kMark))
        return failure(Errc::unsupported,
                       path +
                           " was not written by grub-mkconfig, which would replace it: change "
                           "it by hand");
    CommandStep step{.argv = is_debian(facts)
                                 ? std::vector<std::string>{"update-grub"}
                                 : std::vector<std::string>{"grub2-mkconfig", "-o", path},
                     .saves = {GuestPath(path)},
                     .least_bytes = 1000};
    // Red Hat's of version 8 writes kernelopts.
    if (has_kernelopts(facts.boot)) step.saves.emplace_back(facts.boot.environment->path);
    return step;
}

Result<CommandStep> rewrite_default_entry(const Facts& facts) {
    auto command = rewrite_grub_cfg(facts);
    if (!command) return command;
    if (auto generated = default_is_generated(facts, *used_loader_config(facts.boot)); !generated)
        return std::unexpected(generated.error());
    return command;
}

Result<ChangeSet> with_kernel_arguments(const Facts& facts,
                                        const std::vector<ArgumentChange>& changes) {
    ChangeSet set;
    const auto* entry = facts.boot.default_entry();
    if (entry == nullptr)
        return failure(Errc::unsupported, "it is not known which entry of the boot menu starts");
    if (has_all(*entry, changes)) return set;
    const auto config =
        grub_config(facts, "add " + line_of(changes) + " to the kernel's command line by hand");
    if (!config) return std::unexpected(config.error());
    const bool is_legacy = (*config)->loader == LoaderKind::grub_legacy;
    Edits edits(facts);
    for (const auto& change : changes) {
        const auto done = is_legacy
                              ? edits.edit(GuestPath((*config)->path),
                                           [&](const std::string& text) -> Result<std::string> {
                                               return set_legacy_kernel_argument(text, change);
                                           })
                              : edit_defaults(facts, change, edits);
        if (!done) return std::unexpected(done.error());
        if (is_legacy || !facts.boot.uses_bls) continue;
        if (auto entries = edit_entries(facts.boot, change, edits); !entries)
            return std::unexpected(entries.error());
    }
    edits.add_to(set);
    if (is_legacy || facts.boot.uses_bls) return set;
    auto command = rewrite_default_entry(facts);
    if (!command) return std::unexpected(command.error());
    set.changes.push_back(std::move(*command));
    return set;
}

Result<ChangeSet> with_kernel_arguments_replaced(
    const Facts& facts, const std::vector<ArgumentReplacement>& replacements,
    const GrubSettings& settings) {
    ChangeSet set;
    const auto config = grub_config(facts, "change the kernel's command line by hand");
    if (!config) return std::unexpected(config.error());
    Edits edits(facts);
    const auto replaced = [&](std::string text) {
        for (const auto& one : replacements)
            text = replace_kernel_argument(text, one.before, one.after);
        return text;
    };
    for (const auto& path : files_with_arguments(facts, **config)) {
        const auto done = edits.edit(
            path, [&](const std::string& text) -> Result<std::string> { return replaced(text); });
        if (!done) return std::unexpected(done.error());
    }
    if (auto done = edit_kernelopts(facts.boot, edits, replaced); !done)
        return std::unexpected(done.error());
    if (auto done = edit_settings(facts, settings, edits); !done)
        return std::unexpected(done.error());
    edits.add_to(set);

    const auto has_one = [&](const BootEntry& entry) {
        const auto words = words_of(entry.command_line);
        return std::ranges::any_of(replacements, [&](const auto& one) {
            return std::ranges::find(words, one.before) != words.end();
        });
    };
    const bool is_generated = (*config)->loader == LoaderKind::grub2 && !facts.boot.uses_bls;
    if (!is_generated || std::ranges::none_of(facts.boot.entries, has_one)) return set;
    const auto* entry = facts.boot.default_entry();
    auto command = entry != nullptr && has_one(*entry) ? rewrite_default_entry(facts)
                                                       : rewrite_grub_cfg(facts);
    if (!command) return std::unexpected(command.error());
    set.changes.push_back(std::move(*command));
    return set;
}

Result<ChangeSet> with_default_grub(const Facts& facts, const GrubSettings& settings) {
    ChangeSet set;
    Edits edits(facts);
    if (auto done = edit_settings(facts, settings, edits); !done)
        return std::unexpected(done.error());
    edits.add_to(set);
    return set;
}

}  // namespace guestprep
