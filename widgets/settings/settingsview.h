// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/messaging/runtimeservice.h"
#include "widgets/common/draftholder.h"
#include "widgets/settings/settingsstate.h"

#include <QWidget>

#include <chrono>
#include <utility>

class ArchiveCard;
class AccessCard;
class Banner;
class BrowserCard;
class ChangePlanCard;
class Columns;
class ConfigurationCard;
class CreationPlanCard;
class CredentialCard;
class DisableCard;
class EmptyState;
class FieldErrorDoor;
class InlineMessage;
class ScrollPage;

/// Settings as it looks for one SettingsState and a person's draft, which it keeps. Knows no service: takes values,
/// asks by signals. The draft's password goes once it has been submitted or there is a runtime.
class SettingsView final : public QWidget, public DraftHolder {
    Q_OBJECT

public:
    explicit SettingsView(QWidget *parent = nullptr);

    void setState(const SettingsState &state);
    /// While a request is on its way to the cluster nothing can be sent a second time.
    void setSending(bool sending);
    /// For how long the request that is on its way has not been answered.
    void setWaited(std::chrono::seconds waited);
    void setEnableOutcome(const Result<void> &outcome);
    void setChangeOutcome(const Result<void> &outcome);
    void setDisableOutcome(const Result<void> &outcome);
    void showArchive();
    void setArchiveOutcome(const Result<void> &outcome);
    /// For whoever is being asked whether NATS is to be disabled.
    void setNamespaceFate(const Result<NamespaceFate> &fate);
    RuntimeSpec draft() const;
    bool hasDraft() const override;

Q_SIGNALS:
    void enableRequested(const EnableRequest &request);
    void changeRequested(const RuntimeSpec &spec);
    void disableRequested(const RuntimeIdentity &confirmed);
    void namespaceFateWanted();
    void archiveRequested(const QString &reason);
    void unarchiveRequested(const ArchiveMark &seen);
    void overviewRequested();

private:
    void layOut();
    void begin(const RuntimeStatus &status);
    void tellWhyUnknown();
    void renewOperation();
    void renewReadOnly();
    QString grantFor(const Access &access) const;
    void renewLocks();
    void renewPlan();
    void submit();
    void discard();
    void check();
    FieldErrors problems() const;
    bool isAbsent() const;
    std::pair<RuntimeSpec, SecretString> entered() const;

    SettingsState m_state;
    std::optional<RuntimeSpec> m_running; ///< what the draft started from
    bool m_hasBegun = false;
    std::pair<RuntimeSpec, SecretString> m_untouched; ///< what stood there before a person entered anything
    std::optional<std::chrono::seconds> m_sent; ///< how long ago the request was sent that is on its way
    FieldErrorDoor *m_door;
    ScrollPage *m_page;
    EmptyState *m_unknown;
    Banner *m_unanswered;
    InlineMessage *m_operation;
    InlineMessage *m_readOnly;
    Columns *m_columns;
    ConfigurationCard *m_configuration;
    CredentialCard *m_credential;
    BrowserCard *m_browser;
    ArchiveCard *m_archive;
    DisableCard *m_disable;
    AccessCard *m_access;
    CreationPlanCard *m_creation;
    ChangePlanCard *m_changes;
};
