// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "agent/core/result.h"
#include "agent/facts/services.h"

namespace guestprep {

/// A program that somebody installed, by what was found of it.
struct FoundSoftware {
    std::string product;   ///< "ClamAV"
    std::string evidence;  ///< a file, a package, a loaded module
    /// What starts it at boot; `absent` where it has no service of its own.
    ServiceState service;
    bool scheduled = false;              ///< cron runs it; `evidence` is the entry
    bool loaded = false;                 ///< a module of it is in the running kernel
    std::vector<ServiceState> starting;  ///< every service of it that starts; never saved
    std::vector<std::string> cron;       ///< every file of it that cron runs; never saved

    static void fields(auto& self, auto&& visit) {
        visit("product", self.product);
        visit("evidence", self.evidence);
        visit("service", self.service);
        visit("scheduled", self.scheduled);
        visit("loaded", self.loaded);
    }
};

struct VmwareTools {
    std::string tarball;  ///< trace of the installer that came with the hypervisor; empty for none
    std::string program;  ///< "/usr/bin/vmtoolsd"; empty for none
    std::vector<std::string> packages;  ///< where the package database could be read
    std::vector<std::string> modules;   ///< out-of-tree drivers below /lib/modules

    static void fields(auto& self, auto&& visit) {
        visit("tarball", self.tarball);
        visit("program", self.program);
        visit("packages", self.packages);
        visit("modules", self.modules);
    }
};

/// One hint about the machine that the system was installed on.
struct OriginTrace {
    std::string where;
    std::string found;
    std::uint32_t weight = 0;  ///< 2 and more in all speak for a physical machine

    static void fields(auto& self, auto&& visit) {
        visit("where", self.where);
        visit("found", self.found);
        visit("weight", self.weight);
    }
};

struct Origin {
    std::vector<std::string> logs;      ///< logs of the installer that were read
    std::vector<OriginTrace> physical;  ///< traces of hardware
    OriginTrace virtual_machine;        ///< the installer's log names a virtual machine

    static void fields(auto& self, auto&& visit) {
        visit("logs", self.logs);
        visit("physical", self.physical);
        visit("virtual_machine", self.virtual_machine);
    }
};

struct SoftwareFacts {
    Fact<std::vector<std::string>> packages;      ///< names of the installed ones, sorted
    Fact<std::vector<FoundSoftware>> protection;  ///< antivirus and intrusion detection
    Fact<VmwareTools> vmware_tools;
    Fact<std::vector<FoundSoftware>> guest_tools;  ///< of other hypervisors
    Fact<Origin> origin;

    static void fields(auto& self, auto&& visit) {
        visit("packages", self.packages);
        visit("protection", self.protection);
        visit("vmware_tools", self.vmware_tools);
        visit("guest_tools", self.guest_tools);
        visit("origin", self.origin);
    }
};

}  // namespace guestprep
