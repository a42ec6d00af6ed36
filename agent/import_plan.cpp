// SPDX-License-Identifier: Apache-2.0
#include "agent/import_plan.h"

#include <fmt/format.h>

#include "agent/inventory.h"
#include "agent/report/layout.h"
#include "agent/report/sections.h"

namespace guestprep {
namespace {

/// Numbered steps, wrapped; commands and documents are indented and left as they are.
class Plan {
public:
    void step(std::string_view text) {
        const auto number = fmt::format("{:>2}. ", ++steps_);
        bool first = true;
        for (const auto& line : wrapped(text, 76)) {
            out_ += (first ? number : std::string(number.size(), ' ')) + line + "\n";
            first = false;
        }
    }
    void block(std::string_view text) {
        for (std::size_t at = 0; at < text.size();) {
            const auto end = std::min(text.find('\n', at), text.size());
            out_ += "      " + std::string(text.substr(at, end - at)) + "\n";
            at = end + 1;
        }
    }
    void line(std::string_view text) { out_ += std::string(text) + "\n"; }
    [[nodiscard]] std::string take() { return std::move(out_); }

private:
    std::string out_;
    int steps_ = 0;
};

constexpr std::string_view kUserPolicy = R"({"Version": "2012-10-17", "Statement": [
 {"Effect": "Allow", "Action": ["s3:GetBucketLocation", "s3:GetObject", "s3:PutObject"],
  "Resource": ["arn:aws:s3:::BUCKET", "arn:aws:s3:::BUCKET/*"]},
 {"Effect": "Allow", "Resource": "*", "Action": [
  "ec2:CancelConversionTask", "ec2:CancelExportTask", "ec2:CancelImportTask",
  "ec2:CreateImage", "ec2:CreateInstanceExportTask", "ec2:CreateTags",
  "ec2:DescribeConversionTasks", "ec2:DescribeExportImageTasks",
  "ec2:DescribeExportTasks", "ec2:DescribeImages", "ec2:DescribeImportImageTasks",
  "ec2:DescribeImportSnapshotTasks", "ec2:DescribeInstanceStatus",
  "ec2:DescribeInstances", "ec2:DescribeSnapshots", "ec2:DescribeTags",
  "ec2:ExportImage", "ec2:ImportImage", "ec2:ImportInstance", "ec2:ImportSnapshot",
  "ec2:ImportVolume", "ec2:RegisterImage", "ec2:StartInstances", "ec2:StopInstances",
  "ec2:TerminateInstances"]}]})";

constexpr std::string_view kTrustPolicy = R"({"Version": "2012-10-17", "Statement": [
 {"Effect": "Allow", "Principal": {"Service": "vmie.amazonaws.com"},
  "Action": "sts:AssumeRole",
  "Condition": {"StringEquals": {"sts:ExternalId": "vmimport"}}}]})";

constexpr std::string_view kRolePolicy = R"({"Version": "2012-10-17", "Statement": [
 {"Effect": "Allow", "Action": ["s3:GetBucketLocation", "s3:GetObject", "s3:ListBucket"],
  "Resource": ["arn:aws:s3:::BUCKET", "arn:aws:s3:::BUCKET/*"]},
 {"Effect": "Allow", "Resource": "*", "Action": ["ec2:ModifySnapshotAttribute",
  "ec2:CopySnapshot", "ec2:RegisterImage", "ec2:Describe*"]}]})";

std::string export_hint(const std::string& hypervisor) {
    if (hypervisor == "vmware")
        return "Export with the OVF export of vSphere ('ovftool vi://HOST/VM guest.ova'): only "
               "stream-optimised VMDK files can be imported. Consolidate snapshots first.";
    if (hypervisor == "hyperv")
        return "Merge all checkpoints, then copy the VHDX (or VHD) files: differencing disks are "
               "refused.";
    if (hypervisor == "kvm")
        return "Convert each disk: qemu-img convert -O vmdk -o subformat=streamOptimized "
               "guest.qcow2 guest.vmdk (or -O raw).";
    if (hypervisor == "xen") return "Export the disks as VHD; coalesce snapshots first.";
    return "Export each disk as stream-optimised VMDK, VHD, VHDX, raw, or all as one OVA.";
}

bool is_windows(const Facts& facts) { return facts.platform == Platform::windows_guest; }

std::string boot_mode(const Facts& facts) {
    if (!facts.os.firmware) return "BOOT-MODE";
    return *facts.os.firmware == Firmware::uefi ? "uefi" : "legacy-bios";
}

void image_route(Plan& plan, const Facts& facts, const std::string& licence) {
    const auto* platform = is_windows(facts) ? "Windows" : "Linux";
    const auto* architecture =
        facts.os.kernel_machine && *facts.os.kernel_machine == "i386" ? "i386" : "x86_64";
    plan.step("Start the import. Pass what is known, so that nothing is guessed:");
    plan.block(
        fmt::format("aws ec2 import-image --platform {} --architecture {} \\\n"
                    "  --boot-mode {} --license-type {} \\\n"
                    "  --disk-containers 'Format=ova,UserBucket={{S3Bucket=BUCKET,"
                    "S3Key=guest.ova}}'",
                    platform, architecture, boot_mode(facts), licence));
    plan.step("Follow the task; the reason of a failure stands in StatusMessage only:");
    plan.block("aws ec2 describe-import-image-tasks --import-task-ids import-ami-...");
}

void snapshot_route(Plan& plan, const Facts& facts) {
    plan.step("Import the boot disk as a snapshot. AWS neither edits nor boot-tests it:");
    plan.block(
        "aws ec2 import-snapshot --disk-container "
        "'Format=vmdk,UserBucket={S3Bucket=BUCKET,S3Key=guest.vmdk}'\n"
        "aws ec2 describe-import-snapshot-tasks --import-task-ids import-snap-...");
    plan.step("Register the image. Without --ena-support no current instance type takes it:");
    plan.block(
        fmt::format("aws ec2 register-image --name guest --architecture x86_64 \\\n"
                    "  --virtualization-type hvm --ena-support --boot-mode {} \\\n"
                    "  --root-device-name /dev/sda1 \\\n"
                    "  --block-device-mappings 'DeviceName=/dev/sda1,"
                    "Ebs={{SnapshotId=snap-...}}'",
                    boot_mode(facts)));
}

void what_to_export(Plan& plan, const ReportInventory& inventory) {
    if (inventory.disks.empty()) return;
    plan.step("Export these disks, all that the system mounts from included:");
    for (const auto& line : inventory_lines({{}, inventory.disks, {}})) plan.block(line);
}

void what_aws_changes(Plan& plan, const Facts& facts, const Profile& profile) {
    if (is_windows(facts)) {
        plan.step(
            "After import-image look at what AWS changed: static addresses are gone, drivers for "
            "Xen, NVMe and ENA are installed, Emergency Management Services are off, .NET "
            "Framework and the SSM agent are added where they were missing.");
        return;
    }
    const auto forecast = forecast_of(facts, profile);
    plan.step(
        "After import-image look at what AWS changed: fstab (device names to UUID, nofail "
        "added, network file systems off), network scripts (DHCP), GRUB (default entry, "
        "timeout), initramfs (drivers), the SSM agent. Originals are kept beside the "
        "files. Correct fstab and remove nofail where a mount is needed." +
        std::string(forecast.empty() ? "" : " In this guest that comes down to:"));
    for (const auto& one : forecast) plan.block(one.diff);
}

void what_comes_back(Plan& plan, const ReportInventory& inventory) {
    plan.step(
        "Switch on again what was off for the import (antivirus, monitoring), check the "
        "time source (169.254.169.123), the licence, and DNS names that point to the old "
        "address.");
    for (const auto& line : inventory_lines({inventory.network, {}, inventory.services}))
        plan.block(line);
}

}  // namespace

std::string import_plan(const Facts& facts, const Profile& profile, const PlanWishes& wishes) {
    Plan plan;
    const auto& os = facts.os.distribution;
    plan.line(fmt::format("Import plan for {} ({}), route {}, rules {}",
                          facts.os.hostname ? *facts.os.hostname : "this guest",
                          os ? os->title : "unknown system", name_of(wishes.route), profile.name));
    plan.line("");
    plan.step(
        "Choose the Region and a bucket in it; put their names for BUCKET below. The "
        "importing identity needs this policy:");
    plan.block(kUserPolicy);
    plan.step("Create the role 'vmimport' with this trust policy,");
    plan.block(kTrustPolicy);
    plan.line("    and this policy:");
    plan.block(kRolePolicy);
    plan.step(
        "Disconnect CD and DVD drives from the VM, run 'guestprep' a last time, and shut the "
        "guest down fully ('" +
        std::string(is_windows(facts) ? "shutdown /s /t 0" : "shutdown -h now") + "').");
    const auto inventory = inventory_of(facts);
    what_to_export(plan, inventory);
    plan.step(export_hint(facts.os.hypervisor ? facts.os.hypervisor->name : ""));
    plan.step("Upload:");
    plan.block("aws s3 cp guest.ova s3://BUCKET/guest.ova");
    if (wishes.route == Route::image)
        image_route(plan, facts, wishes.licence.empty() ? "BYOL" : wishes.licence);
    else
        snapshot_route(plan, facts);
    plan.step("Launch an instance from the image with a security group that admits " +
              std::string(is_windows(facts) ? "Remote Desktop" : "SSH") +
              " from your addresses; it gets one private IPv4 address by DHCP and no public one. "
              "Allocate an Elastic IP address if it must be reached from outside.");
    if (wishes.route == Route::image) what_aws_changes(plan, facts, profile);
    what_comes_back(plan, inventory);
    return plan.take();
}

}  // namespace guestprep
