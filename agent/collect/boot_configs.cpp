// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <vector>

#include "agent/collect/boot_parts.h"
#include "agent/formats/grub_cfg.h"

namespace guestprep {
namespace {

bool is_grub(LoaderKind loader) {
    return loader == LoaderKind::grub2 || loader == LoaderKind::grub_legacy;
}

/// Distributions put a few lines on the EFI system partition that search for the real one.
bool is_stub(std::string_view text) {
    const auto cfg = parse_grub_cfg(text, nullptr);
    return cfg.menu.empty() && !cfg.uses_blscfg && !cfg.continues_in.empty() && text.size() < 4096;
}

void compare_with_earlier(const FileReader& files, std::vector<LoaderConfig>& configs,
                          std::vector<std::string>& texts, LoaderConfig& config) {
    auto text = files.read(GuestPath(config.path));
    if (!text) {
        config.unread = text.error().message;
        texts.emplace_back();
        return;
    }
    for (std::size_t i = 0; i < configs.size(); ++i)
        if (config.same_as.empty() && configs[i].unread.empty() &&
            (configs[i].real_path == config.real_path || texts[i] == *text))
            config.same_as = configs[i].path;
    config.is_stub = config.loader == LoaderKind::grub2 && is_stub(*text);
    texts.push_back(std::move(*text));
}

bool has_program(const BootFacts& boot, LoaderKind loader, bool efi) {
    return std::ranges::any_of(boot.loaders, [&](const LoaderTrace& trace) {
        return trace.loader == loader && trace.is_program && trace.is_efi == efi;
    });
}

/// How likely it is that this is what the loader reads; 0: certainly not.
int rank(const LoaderConfig& config, const BootFacts& boot, const Facts& facts) {
    if (!is_grub(config.loader) || config.is_stub || !config.same_as.empty()) return 0;
    const bool on_bios = facts.os.firmware ? *facts.os.firmware == Firmware::bios
                                           : has_program(boot, LoaderKind::grub2, false) ||
                                                 has_program(boot, LoaderKind::grub_legacy, false);
    const bool fits_firmware = config.on_esp != on_bios;
    // After an upgrade from GRUB legacy both may lie there; GRUB 2's own image says that it is in
    // charge.
    const bool fits_program = has_program(boot, config.loader, config.on_esp);
    const bool newer = config.loader == LoaderKind::grub2;
    return 1 + (fits_firmware ? 4 : 0) + (fits_program ? 2 : 0) + (newer ? 1 : 0);
}

}  // namespace

void find_configs(const Host& host, const Facts& facts, BootFacts& boot) {
    std::vector<std::string> texts;
    for (const auto& trace : boot.loaders) {
        if (trace.is_program) continue;
        LoaderConfig config;
        config.loader = trace.loader;
        config.path = trace.path;
        config.on_esp = trace.is_efi;
        const auto real = host.files.resolve(GuestPath(trace.path));
        config.real_path = real ? real->str() : trace.path;
        if (is_grub(trace.loader))
            compare_with_earlier(host.files, boot.configs, texts, config);
        else
            texts.emplace_back();
        boot.configs.push_back(std::move(config));
    }
    LoaderConfig* best = nullptr;
    int best_rank = 0;
    for (auto& config : boot.configs)
        if (const int here = rank(config, boot, facts); here > best_rank) {
            best = &config;
            best_rank = here;
        }
    if (best != nullptr) best->is_used = true;
}

}  // namespace guestprep
