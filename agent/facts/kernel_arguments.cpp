// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/kernel_arguments.h"

#include <algorithm>

#include "agent/core/text.h"
#include "agent/facts/network_edits.h"
#include "agent/formats/grub_default_edit.h"

namespace guestprep {
namespace {

using Arguments = std::vector<std::pair<std::string, std::string>>;

std::string line_of(const Arguments& arguments) {
    std::string out;
    for (const auto& [key, value] : arguments)
        out += (out.empty() ? "" : " ") + (key + '=' + value);
    return out;
}

const LoaderConfig* used_config(const BootFacts& boot) {
    const LoaderConfig* out = nullptr;
    for (const auto& config : boot.configs) {
        if (!config.is_used || config.is_stub) continue;
        if (out != nullptr) return nullptr;
        out = &config;
    }
    return out;
}

/// Entries that are files of their own are changed by grubby alone.
CommandStep grubby(const BootFacts& boot, const Arguments& arguments) {
    CommandStep step;
    step.argv = {"grubby", "--update-kernel=ALL", "--args=" + line_of(arguments)};
    for (const auto& entry : boot.entries) {
        const GuestPath path(entry.where.substr(0, entry.where.rfind(':')));
        if (std::ranges::find(step.saves, path) == step.saves.end()) step.saves.push_back(path);
    }
    // What new kernels will get: some versions of grubby write it there as well.
    for (const auto* path : {"/etc/default/grub", "/etc/kernel/cmdline"})
        step.saves.emplace_back(path);
    if (boot.environment) step.saves.emplace_back(boot.environment->path);
    return step;
}

CommandStep generator(const Facts& facts, const LoaderConfig& config) {
    const auto path = config.real_path.empty() ? config.path : config.real_path;
    const auto& system = facts.os.distribution;
    const bool debian = system && system->family == "debian";
    return {.argv = debian ? std::vector<std::string>{"update-grub"}
                           : std::vector<std::string>{"grub2-mkconfig", "-o", path},
            .saves = {GuestPath(path)},
            .least_bytes = 1000};
}

Result<void> edit_file(const Facts& facts, const GuestPath& path, const Arguments& arguments,
                       bool legacy, ChangeSet& set) {
    const auto text = source_of(facts, path);
    if (!text) return std::unexpected(text.error());
    Result<std::string> after = *text;
    for (const auto& [key, value] : arguments) {
        after = legacy ? Result<std::string>(set_legacy_kernel_argument(*after, key, value))
                       : set_kernel_argument(*after, key, value);
        if (!after) return std::unexpected(std::move(after.error()).within(path.str()));
    }
    if (*after == *text) return {};
    set.changes.push_back(FileEdit{.path = path, .before = *text, .after = *after, .mode = {}});
    return {};
}

bool has_all(const BootEntry& entry, const Arguments& arguments) {
    const auto words = words_of(entry.command_line);
    return std::ranges::all_of(arguments, [&](const auto& argument) {
        return std::ranges::find(words, argument.first + '=' + argument.second) != words.end();
    });
}

}  // namespace

Result<ChangeSet> with_kernel_arguments(const Facts& facts, const Arguments& arguments) {
    ChangeSet set;
    const auto* entry = facts.boot.default_entry();
    if (entry == nullptr)
        return failure(Errc::unsupported, "it is not known which entry of the boot menu starts");
    if (has_all(*entry, arguments)) return set;
    const auto* config = used_config(facts.boot);
    if (config == nullptr)
        return failure(Errc::unsupported, "it is not clear which configuration the loader reads");
    if (config->loader == LoaderKind::grub_legacy) {
        const GuestPath path(config->path);
        if (auto done = edit_file(facts, path, arguments, true, set); !done)
            return std::unexpected(done.error());
        return set;
    }
    if (config->loader != LoaderKind::grub2)
        return failure(Errc::unsupported, "the boot loader is not GRUB: add " + line_of(arguments) +
                                              " to the kernel's command line by hand");
    if (auto done = edit_file(facts, GuestPath("/etc/default/grub"), arguments, false, set); !done)
        return std::unexpected(done.error());
    set.changes.push_back(facts.boot.uses_bls ? grubby(facts.boot, arguments)
                                              : generator(facts, *config));
    return set;
}

}  // namespace guestprep
