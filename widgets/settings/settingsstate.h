// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/freshness.h"
#include "services/base/result.h"
#include "services/domain/access.h"
#include "services/domain/protection.h"
#include "services/domain/runtime.h"
#include "services/domain/runtimeusage.h"
#include "services/messaging/runtimeaccess.h"
#include "widgets/common/kubectltarget.h"

#include <QList>
#include <QStringList>

#include <optional>

/// Everything that Settings shows and that isn't a person's own draft, as one value.
struct SettingsState {
    RuntimeStatus status;
    Freshness freshness;
    Access viewAccess;
    Access writeAccess; ///< without it nothing can be changed
    Access enableAccess;
    Access disableAccess;
    Result<QList<StorageClass>> storageClasses;
    RuntimeUsage usage;
    QString cluster; ///< as people call it
    bool isAccessKnown = true; ///< before, the accesses say only that the cluster is being asked
    RuntimeAccess access = {}; ///< as far as permissions decide
    std::optional<QStringList> nodes = std::nullopt; ///< that take pods; nothing: not known
    Protection protection = {}; ///< what keeps this program from changing the cluster
    KubectlTarget kubectl = {}; ///< for commands that are shown
    Access archiveAccess = {}; ///< or, where it is archived, to unarchiving
    Access undoArchiveAccess = Access::yes(); ///< whether who archives could unarchive afterwards
};
