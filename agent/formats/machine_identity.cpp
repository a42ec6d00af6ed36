// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/machine_identity.h"

#include <array>
#include <utility>

#include "agent/core/text.h"

namespace guestprep {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

/// "TCG" is QEMU without KVM.
constexpr std::array<Pair, 6> kCpuid = {{{"VMwareVMware", "vmware"},
                                         {"Microsoft Hv", "hyperv"},
                                         {"XenVMMXenVMM", "xen"},
                                         {"KVMKVMKVM", "kvm"},
                                         {"TCGTCGTCGTCG", "kvm"},
                                         {"VBoxVBoxVBox", "virtualbox"}}};

/// A word in one of the DMI strings. Products before vendors: Oracle and Microsoft make hardware
/// too.
constexpr std::array<Pair, 17> kDmi = {{{"VirtualBox", "virtualbox"},
                                        {"innotek", "virtualbox"},
                                        {"VMware", "vmware"},
                                        {"HVM domU", "xen"},
                                        {"Xen", "xen"},
                                        {"QEMU", "kvm"},
                                        {"KVM", "kvm"},
                                        {"SeaBIOS", "kvm"},
                                        {"Bochs", "kvm"},
                                        {"RHEV", "kvm"},
                                        {"oVirt", "kvm"},
                                        {"OpenStack", "kvm"},
                                        {"Nutanix", "kvm"},
                                        {"Google Compute Engine", "kvm"},
                                        {"Amazon EC2", "kvm"},
                                        {"DigitalOcean", "kvm"},
                                        {"Proxmox", "kvm"}}};

unsigned byte_at(std::string_view text, std::size_t i) {
    return static_cast<unsigned char>(text[i]);
}

}  // namespace

std::string hypervisor_of_cpuid(std::string_view vendor) {
    for (const auto& [mark, name] : kCpuid)
        if (vendor.starts_with(mark)) return std::string(name);
    return {};
}

std::string hypervisor_of_dmi(const DmiIdentity& dmi) {
    if (contains(dmi.sys_vendor, "Microsoft") && contains(dmi.product_name, "Virtual Machine"))
        return "hyperv";
    for (const auto& [mark, name] : kDmi)
        for (const auto* text : {&dmi.product_name, &dmi.sys_vendor, &dmi.bios_vendor})
            if (contains(*text, mark)) return std::string(name);
    return {};
}

std::string elf_machine(std::string_view head) {
    constexpr std::string_view kMagic =
        "\x7f"
        "ELF";
    if (head.size() < 20 || !head.starts_with(kMagic)) return {};
    const bool is_64_bit = byte_at(head, 4) == 2;
    const bool big_endian = byte_at(head, 5) == 2;
    const unsigned low = byte_at(head, big_endian ? 19 : 18);
    const unsigned high = byte_at(head, big_endian ? 18 : 19);
    switch (low | (high << 8U)) {
        case 3:
            return "i386";
        case 62:
            return is_64_bit ? "x86_64" : "x32";
        case 183:
            return "aarch64";
        case 40:
            return "arm";
        case 20:
            return "ppc";
        case 21:
            return "ppc64";
        case 22:
            return is_64_bit ? "s390x" : "s390";
        case 243:
            return "riscv";
        case 50:
            return "ia64";
        default:
            return {};
    }
}

}  // namespace guestprep
