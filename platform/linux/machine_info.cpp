// SPDX-License-Identifier: Apache-2.0
#include "platform/linux/machine_info.h"

#include <sys/utsname.h>
#include <unistd.h>

#include "platform/any/processor.h"

namespace guestprep {

MachineInfo live_machine_info() {
    MachineInfo machine;
    struct utsname names{};
    if (::uname(&names) == 0) {
        machine.kernel_release = names.release;
        machine.architecture = names.machine;
        machine.hostname = names.nodename;
    }
    ask_processor(machine);
    return machine;
}

bool running_as_root() { return ::geteuid() == 0; }

}  // namespace guestprep
