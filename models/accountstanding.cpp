// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/accountstanding.h"

#include <QCoreApplication>

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("AccountStanding", text);
}

QString runningText(AccountOperation::Kind kind)
{
    switch (kind) {
    case AccountOperation::Kind::Create:
        return tr("Being created");
    case AccountOperation::Kind::Change:
        return tr("Being changed");
    case AccountOperation::Kind::Rotate:
        return tr("Password changes");
    case AccountOperation::Kind::EndOverlap:
        return tr("Old login ends");
    case AccountOperation::Kind::Delete:
        return tr("Being deleted");
    }
    return {};
}

QString failedText(AccountOperation::Kind kind)
{
    switch (kind) {
    case AccountOperation::Kind::Create:
        return tr("Creation failed");
    case AccountOperation::Kind::Change:
        return tr("Change failed");
    case AccountOperation::Kind::Rotate:
        return tr("Rotation failed");
    case AccountOperation::Kind::EndOverlap:
        return tr("Ending failed");
    case AccountOperation::Kind::Delete:
        return tr("Deletion failed");
    }
    return {};
}

} // namespace

AccountStanding credentialStandingOf(const Account &account)
{
    switch (account.credential) {
    case CredentialState::Unknown:
        return {CellTone::Neutral, tr("Not known"),
            tr("Whether the servers take what the Secret holds is not known, or may not be known here.")};
    case CredentialState::Active:
        return {CellTone::Good, tr("Active"), tr("Every server takes what the Secret holds.")};
    case CredentialState::PendingReload:
        return {CellTone::Accent, tr("Pending reload"),
            tr("It was changed, and not every server runs with it so far: clients may be refused until then.")};
    case CredentialState::Rotating:
        return {CellTone::Accent, tr("Rotating"), tr("The new login is active, and the one before still works.")};
    case CredentialState::Drifted:
        return {CellTone::Warning, tr("Drifted"),
            tr("The Secret holds another password than the servers take: one of them was changed by hand. Clients "
               "that use the Secret are refused. Rotate the password to bring both together.")};
    }
    return {};
}

AccountStanding standingOf(const Account &account)
{
    const std::optional<AccountOperation> &operation = account.operation;
    if (!operation || operation->state == AccountOperation::State::Done)
        return credentialStandingOf(account);
    if (operation->state == AccountOperation::State::Running)
        return {CellTone::Accent, runningText(operation->kind), tr("Asked for by %1.").arg(operation->requestedBy)};
    return {CellTone::Bad, failedText(operation->kind), operation->error ? operation->error->summary : QString()};
}
