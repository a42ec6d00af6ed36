// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <set>
#include <vector>

#include "agent/collect/boot_parts.h"
#include "agent/core/text.h"
#include "agent/formats/kernel_image.h"

namespace guestprep {
namespace {

const GuestPath kModules("/lib/modules");
/// Each is unpacked, which takes its time; menus usually offer three or four.
constexpr std::size_t kMostOtherKernels = 6;

std::string version_in_header(const FileReader& files, const GuestPath& path) {
    auto source = files.open(path);
    if (!source) return {};
    std::string head(kKernelHeadSize, '\0');
    std::size_t got = 0;
    while (got < head.size()) {
        const auto n = (*source)->read(std::as_writable_bytes(std::span(head)).subspan(got));
        if (!n || *n == 0) break;
        got += *n;
    }
    return kernel_image_version(std::string_view(head).substr(0, got));
}

void set_version(const FileReader& files, const std::string& written, Kernel& kernel) {
    auto by_name = kernel_name_version(GuestPath(kernel.path).name());
    if (by_name.empty()) by_name = kernel_name_version(GuestPath(written).name());
    kernel.header_version = version_in_header(files, GuestPath(kernel.path));
    const auto has_modules = [&](const std::string& version) {
        return !version.empty() && files.is_directory(kModules / version);
    };
    // A copied or renamed kernel still says in its header which modules it takes.
    const bool use_header =
        by_name.empty() || (!has_modules(by_name) && has_modules(kernel.header_version));
    kernel.version = use_header ? kernel.header_version : by_name;
    kernel.version_source = use_header ? kernel.path + ", header" : kernel.path;
    kernel.has_modules_folder = has_modules(kernel.version);
}

void add(std::vector<std::string>& names, std::string name) {
    if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
}

/// Lines of modules.dep ("path: what it needs") or modules.builtin ("path").
void add_known_modules(std::string_view text, std::vector<std::string>& names) {
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const auto path = line.substr(0, line.find(':'));
        if (auto name = module_name(path); is_known_driver(name)) add(names, std::move(name));
    }
}

void add_built_in_options(std::string_view config, std::vector<std::string>& names) {
    for (const auto& [module, option] : kKnownDrivers) {
        if (option.empty()) continue;
        const auto line = std::string(option) + "=y";
        const auto at = config.find("\n" + line);
        if (config.starts_with(line) || at != std::string_view::npos)
            add(names, std::string(module));
    }
}

/// One source of three; true where it could be read. Remembers why not in `error`.
class ModuleSources {
public:
    ModuleSources(const FileReader& files, KernelModules& out) : files_(files), out_(out) {}

    bool take(const GuestPath& path, std::vector<std::string>& names,
              void (*add_from)(std::string_view, std::vector<std::string>&)) {
        const auto text = files_.read(path, std::size_t{64} << 20);
        if (!text) {
            error = text.error();
            return false;
        }
        add_from(*text, names);
        out_.sources.push_back(path.str());
        return true;
    }
    Error error;

private:
    const FileReader& files_;
    KernelModules& out_;
};

Fact<KernelModules> modules_of(const FileReader& files, const std::string& version) {
    KernelModules out;
    ModuleSources sources(files, out);
    const auto folder = kModules / version;
    const bool loadable = sources.take(folder / "modules.dep", out.loadable, add_known_modules);
    const auto missing = sources.error;
    // RHEL 5 and SLES 11 have no modules.builtin; the configuration says the same.
    bool built_in = sources.take(folder / "modules.builtin", out.built_in, add_known_modules);
    for (const auto& path : {GuestPath("/boot/config-" + version), folder / "config"})
        built_in = sources.take(path, out.built_in, add_built_in_options) || built_in;
    if (loadable) return out;
    if (!built_in) return std::unexpected(missing);
    // A kernel without modules at all is complete; one whose list is hidden from us is not.
    if (missing.code != Errc::not_found) return std::unexpected(missing);
    return out;
}

/// The kernel and the initramfs of an entry: recovery entries name the same ones.
std::vector<std::string> files_of(const BootEntry& entry) {
    std::vector<std::string> out = {entry.kernel.path};
    for (const auto& initrd : entry.initrds) out.push_back(initrd.path);
    return out;
}

Kernel kernel_of(const FileReader& files, const BootEntry& entry) {
    Kernel kernel;
    kernel.where = entry.where;
    kernel.path = entry.kernel.path;
    set_version(files, entry.kernel.written, kernel);
    if (kernel.version.empty())
        kernel.modules = failure(Errc::unsupported, "the kernel's version is not known");
    else
        kernel.modules = modules_of(files, kernel.version);
    kernel.initramfs = read_initramfs(files, entry, kernel.version);
    return kernel;
}

}  // namespace

std::string module_name(std::string_view path) {
    const auto slash = path.rfind('/');
    auto name = path.substr(slash == std::string_view::npos ? 0 : slash + 1);
    const auto dot = name.find(".ko");
    if (dot == std::string_view::npos || dot == 0) return {};
    const auto rest = name.substr(dot + 3);
    constexpr std::array<std::string_view, 5> kEndings = {"", ".gz", ".xz", ".zst", ".bz2"};
    if (std::ranges::find(kEndings, rest) == kEndings.end()) return {};
    std::string out(name.substr(0, dot));
    std::ranges::replace(out, '-', '_');
    return out;
}

bool is_known_driver(std::string_view module) {
    return std::ranges::find(kKnownDrivers, module, &KnownDriver::module) != kKnownDrivers.end();
}

Fact<Kernel> find_kernel(const Host& host, const BootFacts& boot) {
    if (!boot.default_boot) return std::unexpected(boot.default_boot.error());
    const auto* const entry = boot.default_entry();
    if (entry == nullptr) return failure(Errc::not_found, "the default names no entry");
    if (entry->kernel.written.empty())
        return failure(Errc::not_found, entry->where + ": the default entry \"" + entry->title +
                                            "\" starts no Linux");
    auto kernel = kernel_of(host.files, *entry);
    // The name of a kernel that is not there still tells which one was meant.
    if (!entry->kernel.size && kernel.version.empty())
        return std::unexpected(
            Error(entry->kernel.size.error()).within(entry->where + ": " + entry->kernel.written));
    if (kernel.version.empty())
        kernel.package = failure(Errc::unsupported, "the kernel's version is not known");
    else
        kernel.package = find_kernel_package(host, kernel.path, kernel.version);
    return kernel;
}

void find_other_kernels(const FileReader& files, BootFacts& boot) {
    const auto* const first = boot.default_entry();
    std::set<std::vector<std::string>> seen;
    if (first != nullptr) seen.insert(files_of(*first));
    for (const auto& entry : boot.entries) {
        // One that is not there may be another system's, on a disk of its own. One that may not be
        // looked at is no such.
        if (entry.kernel.written.empty() || entry.kernel.size.is_absent()) continue;
        if (!seen.insert(files_of(entry)).second) continue;
        if (boot.other_kernels.size() < kMostOtherKernels)
            boot.other_kernels.push_back(kernel_of(files, entry));
        else
            ++boot.kernels_left_out;
    }
}

}  // namespace guestprep
