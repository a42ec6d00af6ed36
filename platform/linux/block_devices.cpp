// SPDX-License-Identifier: Apache-2.0
#include "platform/linux/block_devices.h"

#include <fcntl.h>
#include <linux/cdrom.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <algorithm>
#include <cerrno>

#include "platform/linux/block_sysfs.h"
#include "platform/linux/descriptor.h"
#include "platform/linux/device_content.h"
#include "platform/linux/device_names.h"
#include "platform/linux/guarded.h"

namespace guestprep {
namespace {

using namespace std::chrono_literals;

constexpr auto kEachDevice = 3s;
constexpr auto kAllDevices = 12s;

bool is_floppy(const BlockDevice& device) {
    return device.kernel_name.starts_with("fd") && device.kind == DeviceKind::other;
}

/// Why a device is not even opened; empty where it may be.
std::string reason_to_leave(const BlockDevice& device) {
    if (!device.unread.empty()) return device.unread;
    if (is_floppy(device)) return "floppy drives are not opened";
    if (device.kind != DeviceKind::rom && device.size == 0) return "it holds no medium";
    return {};
}

/// The node of the device, by number: a name alone may lead to another device.
Result<Descriptor> open_device(const BlockDevice& device) {
    auto trouble = Error{Errc::not_found, "there is no device node for it"};
    for (const auto& path : device.names) {
        struct stat status{};
        if (::stat(path.c_str(), &status) != 0 || !S_ISBLK(status.st_mode)) continue;
        if (std::to_string(major(status.st_rdev)) + ":" + std::to_string(minor(status.st_rdev)) !=
            device.number)
            continue;
        // O_NONBLOCK: an empty CD-ROM drive would close its tray and wait for a disc.
        Descriptor opened(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
        if (opened.get() >= 0) return opened;
        trouble = errno == ENOMEDIUM ? Error{Errc::io, "it holds no medium"} : system_error(errno);
    }
    return std::unexpected(trouble);
}

Medium medium_in(int fd) {
    switch (::ioctl(fd, CDROM_DRIVE_STATUS, CDSL_CURRENT)) {
        case CDS_DISC_OK:
            return Medium::present;
        case CDS_NO_DISC:
        case CDS_TRAY_OPEN:
            return Medium::absent;
        default:
            return Medium::unknown;
    }
}

constexpr std::string_view kMediumMark = "medium ";

/// What the child process answers for one device: packed content, or the state of a drive.
std::string look_at(const BlockDevice& device) {
    const auto opened = open_device(device);
    if (device.kind == DeviceKind::rom) {
        const auto medium = opened ? medium_in(opened->get()) : Medium::unknown;
        return std::string(kMediumMark) + std::to_string(static_cast<int>(medium));
    }
    if (!opened) {
        DeviceContent nothing;
        nothing.unread = opened.error().message;
        return packed(nothing);
    }
    return packed(read_content(opened->get(), device.kind != DeviceKind::partition));
}

void take_answer(const std::optional<std::string>& answer, BlockDevice& device,
                 std::vector<BlockDevice>& devices) {
    if (!answer) {
        device.unread = "it did not answer in time";
    } else if (answer->starts_with(kMediumMark)) {
        const char state = answer->back();
        device.medium = static_cast<Medium>(state >= '0' && state <= '2' ? state - '0' : 0);
        device.unread = "optical discs are not read";
    } else {
        take_content(unpacked(*answer), device, devices);
    }
}

void add_names(std::vector<BlockDevice>& devices) {
    const auto names = device_names("/dev");
    for (auto& device : devices) {
        const auto more = names.find(device.number);
        if (more == names.end()) continue;
        for (const auto& name : more->second)
            if (std::ranges::find(device.names, name) == device.names.end())
                device.names.push_back(name);
    }
}

}  // namespace

Result<std::vector<BlockDevice>> LinuxBlockDevices::list() const {
    auto devices = devices_of_kernel(files_);
    if (!devices) return devices;
    add_names(*devices);
    std::vector<std::size_t> to_open;
    for (std::size_t i = 0; i < devices->size(); ++i) {
        auto& device = (*devices)[i];
        device.unread = reason_to_leave(device);
        if (device.unread.empty()) to_open.push_back(i);
    }
    const auto answers = guarded_answers(
        to_open.size(), [&](std::size_t i) { return look_at((*devices)[to_open[i]]); }, kEachDevice,
        kAllDevices);
    for (std::size_t i = 0; i < to_open.size(); ++i)
        take_answer(answers[i], (*devices)[to_open[i]], *devices);
    for (auto& device : *devices)
        if (!device.unread.empty() && device.size != 0 && device.kind != DeviceKind::rom &&
            take_udev_record(files_, device))
            device.unread.clear();
    return devices;
}

}  // namespace guestprep
