// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/base/secretstring.h"
#include "services/messaging/accountrecord.h"
#include "services/messaging/configurationwriting.h"

#include <functional>

class KubernetesClient;

/// What a change of an account writes into the cluster, each under the Lease (RuntimeService::run()). Every one can be
/// asked again, by another workstation too, and is refused with Conflict where the account is not as it was seen.
/// References must outlive the flows. docs/adr/0012-accounts.md.
namespace AccountChanges {

/// Where it is carried out.
struct Place {
    QString nameSpace;
};

/// Only on a runtime that is enabled, made by a version that knows accounts, and not being disabled: answers its spec.
Flow<RuntimeSpec> runtimeSpec(KubernetesClient &client, QString nameSpace);

/// The record as it is stored; of the default account also where there is none. NotFound where it is gone.
Flow<AccountRecord> stored(KubernetesClient &client, QString nameSpace, QString account);
/// Records what is asked for over `seen`, the id of the operation that a person has seen (empty: none); answers it as
/// it is then.
Flow<AccountRecord> record(KubernetesClient &client, Place place, AccountRecord next, QString seen);
/// What has become of an operation.
struct Outcome {
    std::optional<Error> error = {};
    bool isUndone = false; ///< a rotation that has stored no password: what was asked for leaves the record again
    bool isLoadedTwice = false; ///< by all servers: see AccountDriver
};
/// The end of the operation `id`; nothing where another has taken its place.
Flow<void> end(KubernetesClient &client, Place place, QString account, QString id, Outcome outcome);
/// Changes the record of the operation `id` in the midst of it.
Flow<void> amend(
    KubernetesClient &client, Place place, QString account, QString id, std::function<void(AccountRecord &)> change);

/// The managed login's next password, and with an overlap the login before as well; `record` says both names.
Flow<void> storeLogin(
    KubernetesClient &client, RuntimeSpec spec, Place place, AccountRecord record, SecretString password);
/// That of another user, which is made where it is not there.
Flow<void> storeUserLogin(
    KubernetesClient &client, RuntimeSpec spec, Place place, AccountRecord record, QString user, SecretString password);
/// Whether the password that the operation `id` was to store has been stored.
Flow<bool> isLoginStored(KubernetesClient &client, QString nameSpace, AccountRecord record);
/// Of an account whose maker went away, or was refused, before the password was stored: where that is so, the record
/// says it from then on, for the one that is in force is generated then.
Flow<void> noteLostPassword(KubernetesClient &client, Place place, AccountRecord record);
/// Deletes the Secrets of logins that `record` no longer tells of; of all of them where it is being deleted.
Flow<void> forgetLogins(KubernetesClient &client, QString nameSpace, AccountRecord record);
/// Deletes the record of an account whose Secrets are gone.
Flow<void> forgetRecord(KubernetesClient &client, QString nameSpace, AccountRecord record);

} // namespace AccountChanges
