// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace guestprep {

/// What the firmware tables (SMBIOS) say about the machine.
struct DmiIdentity {
    std::string sys_vendor, product_name, bios_vendor, board_vendor;

    [[nodiscard]] bool empty() const {
        return sys_vendor.empty() && product_name.empty() && bios_vendor.empty() &&
               board_vendor.empty();
    }
};

/// "vmware", "hyperv", "kvm", "xen", "virtualbox"; empty where this is none that we know.
[[nodiscard]] std::string hypervisor_of_cpuid(std::string_view vendor);
[[nodiscard]] std::string hypervisor_of_dmi(const DmiIdentity& dmi);

/// "x86_64", "i386", "aarch64", ... from the first bytes of a program; empty for what is no ELF
/// file or of an unknown machine.
[[nodiscard]] std::string elf_machine(std::string_view head);

}  // namespace guestprep
