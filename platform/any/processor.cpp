// SPDX-License-Identifier: Apache-2.0
#include "platform/any/processor.h"

#include <array>
#include <cstring>

#if defined(__x86_64__) || defined(__i386__)
#include <cpuid.h>
#endif

namespace guestprep {

#if defined(__x86_64__) || defined(__i386__)
void ask_processor(MachineInfo& machine) {
    constexpr unsigned kHypervisorBit = 1U << 31U;
    constexpr unsigned kHypervisorLeaf = 0x40000000;
    unsigned a = 0;
    unsigned b = 0;
    unsigned c = 0;
    unsigned d = 0;
    if (__get_cpuid(1, &a, &b, &c, &d) == 0 || (c & kHypervisorBit) == 0) return;
    machine.has_hypervisor_bit = true;
    // Not __get_cpuid: it compares with the highest basic leaf, which this one is not among.
    __cpuid(kHypervisorLeaf, a, b, c, d);
    std::array<char, 13> name{};
    std::memcpy(name.data(), &b, 4);
    std::memcpy(name.data() + 4, &c, 4);
    std::memcpy(name.data() + 8, &d, 4);
    machine.cpu_hypervisor = name.data();
}
#else
void ask_processor(MachineInfo&) {}
#endif

}  // namespace guestprep
