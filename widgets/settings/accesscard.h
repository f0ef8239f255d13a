// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/protection.h"
#include "widgets/common/kubectltarget.h"

#include <QWidget>

class Card;
class CopyableRow;
class CopyRoleButton;
class FactList;
class InlineMessage;
class WrappingLabel;
struct RuntimeAccess;
struct RuntimeStatus;

/// What this person may do on the cluster, which permissions are missing, with a Role to copy that would grant them,
/// and how the Roles that Enable installs are given to others. Knows no service.
class AccessCard final : public QWidget {
    Q_OBJECT

public:
    explicit AccessCard(QWidget *parent = nullptr);

    /// `kubectl`: the cluster that the commands shown here are for. `protection`: what holds back changes besides.
    void setAccess(const RuntimeAccess &access, const RuntimeStatus &status, const KubectlTarget &kubectl = {},
        const Protection &protection = {});

private:
    void renewMissing(const RuntimeAccess &access);
    void renewRoles(const RuntimeStatus &status, const KubectlTarget &kubectl);

    Card *m_card;
    FactList *m_facts;
    WrappingLabel *m_missing;
    CopyRoleButton *m_copyRole;
    InlineMessage *m_rolesProblem;
    WrappingLabel *m_rolesNote;
    CopyableRow *m_bindViewer;
    CopyableRow *m_bindEditor;
    QString m_roles; ///< both, as YAML
};
