// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/settings/settingsview.h"

#include "services/messaging/runtimeroles.h"
#include "widgets/common/banner.h"
#include "widgets/common/columns.h"
#include "widgets/common/copyrolebutton.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/fielderrors.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/phasewords.h"
#include "widgets/common/runtimegate.h"
#include "widgets/common/scrollpage.h"
#include "widgets/common/unanswered.h"
#include "widgets/settings/accesscard.h"
#include "widgets/settings/archivecard.h"
#include "widgets/settings/browsercard.h"
#include "widgets/settings/changeplancard.h"
#include "widgets/settings/configurationcard.h"
#include "widgets/settings/creationplancard.h"
#include "widgets/settings/credentialcard.h"
#include "widgets/settings/disablecard.h"
#include "widgets/settings/settingswords.h"

#include <QPushButton>
#include <QVBoxLayout>

SettingsView::SettingsView(QWidget *parent)
    : QWidget(parent)
    , m_door(new FieldErrorDoor(this))
    , m_page(new ScrollPage)
    , m_unknown(new EmptyState)
    , m_unanswered(new Banner)
    , m_operation(new InlineMessage)
    , m_readOnly(new InlineMessage)
    , m_columns(new Columns)
    , m_configuration(new ConfigurationCard)
    , m_credential(new CredentialCard)
    , m_browser(new BrowserCard)
    , m_archive(new ArchiveCard)
    , m_disable(new DisableCard)
    , m_access(new AccessCard)
    , m_creation(new CreationPlanCard)
    , m_changes(new ChangePlanCard)
{
    m_unknown->setObjectName(QStringLiteral("settingsUnknownState"));
    m_unanswered->setObjectName(QStringLiteral("unansweredBanner"));
    m_operation->setObjectName(QStringLiteral("settingsOperationMessage"));
    m_operation->setAction(tr("Show on Overview"));
    m_operation->actionButton()->setObjectName(QStringLiteral("showOverviewButton"));
    m_readOnly->setObjectName(QStringLiteral("settingsReadOnlyMessage"));
    m_readOnly->actionButton()->setObjectName(QStringLiteral("copyWriteRoleButton"));
    m_readOnly->actionButton()->setIcon(Icons::icon(Icons::Name::Copy));
    layOut();
    m_configuration->enterBy(*m_door);
    m_credential->enterBy(*m_door);
    const auto noteEdited = [this](const QString &field) {
        m_door->noteEdited(field);
        check();
    };
    connect(m_configuration, &ConfigurationCard::edited, this, noteEdited);
    connect(m_credential, &CredentialCard::edited, this, noteEdited);
    connect(m_browser, &BrowserCard::edited, this, noteEdited);
    connect(m_creation, &CreationPlanCard::enableRequested, this, &SettingsView::submit);
    connect(m_changes, &ChangePlanCard::discardRequested, this, &SettingsView::discard);
    connect(m_changes, &ChangePlanCard::applyRequested, this, [this] { Q_EMIT changeRequested(draft()); });
    connect(m_disable, &DisableCard::disableRequested, this, &SettingsView::disableRequested);
    connect(m_disable, &DisableCard::fateWanted, this, &SettingsView::namespaceFateWanted);
    connect(m_archive, &ArchiveCard::archiveRequested, this, &SettingsView::archiveRequested);
    connect(m_archive, &ArchiveCard::unarchiveRequested, this, &SettingsView::unarchiveRequested);
    connect(m_readOnly, &InlineMessage::actionTriggered, this,
        [this] { copyGrant(m_readOnly->actionButton(), grantFor(m_state.writeAccess)); });
    connect(m_operation, &InlineMessage::actionTriggered, this, &SettingsView::overviewRequested);
    setState({});
}

void SettingsView::layOut()
{
    m_columns->first()->addWidget(m_configuration);
    m_columns->first()->addWidget(m_credential);
    m_columns->first()->addWidget(m_browser);
    m_columns->second()->addWidget(m_creation);
    m_columns->second()->addWidget(m_changes);
    m_columns->second()->addWidget(m_access);
    m_columns->second()->addWidget(m_archive);
    m_columns->second()->addWidget(m_disable);
    m_page->body()->addWidget(m_unknown, 1);
    m_page->body()->addWidget(m_operation);
    m_page->body()->addWidget(m_readOnly);
    m_page->body()->addWidget(m_columns);
    m_page->body()->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_unanswered);
    layout->addWidget(m_page);
}

void SettingsView::setState(const SettingsState &state)
{
    const RuntimeStatus &status = state.status;
    const bool hadDraft = hasDraft();
    const bool isKnown = state.freshness.state != Freshness::State::Syncing && state.viewAccess.allowed;
    const bool isOtherRuntime =
        m_state.status.spec != status.spec || isAbsent() != (status.phase == RuntimePhase::Absent);
    const bool isGranted =
        state.writeAccess.allowed && !m_state.writeAccess && !hadDraft && m_credential->password().isEmpty();
    m_state = state;
    // Also of what can't be shown now: it begins as soon as it can.
    if (isOtherRuntime || isGranted)
        m_hasBegun = false;
    m_unknown->setVisible(!isKnown);
    m_columns->setVisible(isKnown);
    // of an archived cluster its card tells, and the workspace above
    m_readOnly->setVisible(isKnown && !state.writeAccess && !state.protection.archived);
    renewOperation();
    if (!isKnown)
        return tellWhyUnknown();
    renewReadOnly();
    m_access->setAccess(state.access, status, state.kubectl, state.protection);
    m_configuration->setStorageClasses(state.storageClasses);
    m_configuration->setNodes(state.nodes);
    if (!m_hasBegun)
        begin(status);
    m_configuration->setNoVolumeBound(status.isNoVolumeBound);
    if (!hadDraft)
        m_untouched = entered(); // a storage class may be chosen by itself
    m_disable->setRuntime(state.cluster, status, state.usage);
    m_archive->setCluster(state.cluster, status);
    m_archive->setUndoAccess(state.undoArchiveAccess);
    renewLocks();
    check();
}

/// Starts the draft from what runs, or from the usual values and a new password (for whoever can send it) where nothing
/// does.
void SettingsView::begin(const RuntimeStatus &status)
{
    m_hasBegun = true;
    m_running = isAbsent() ? std::nullopt : std::optional(status.spec.value_or(RuntimeSpec{}));
    const RuntimeSpec start = m_running.value_or(RuntimeSpec{});
    m_configuration->setRunning(m_running);
    m_configuration->setSpec(start);
    m_browser->setWebSocketEnabled(start.webSocketEnabled);
    m_credential->setBootstrapping(isAbsent());
    if (isAbsent() && m_state.writeAccess)
        m_credential->generate();
    else
        m_credential->forget();
    m_untouched = entered();
    m_door->reset();
    m_creation->setError({});
    m_disable->setError({});
}

bool SettingsView::isAbsent() const
{
    return m_state.status.phase == RuntimePhase::Absent;
}

void SettingsView::tellWhyUnknown()
{
    const RuntimeGate gate = unknownGate(m_state.freshness, m_state.viewAccess, m_state.isAccessKnown);
    m_unknown->setContent(gate.icon, gate.title, gate.text);
    m_unknown->setGrant(grantFor(m_state.viewAccess), m_state.viewAccess.reason);
}

QString SettingsView::grantFor(const Access &access) const
{
    return RuntimeRoles::grantText(access.missing, m_state.access.user);
}

void SettingsView::renewOperation()
{
    const RuntimePhase phase = m_state.status.phase;
    const QString title = phase == RuntimePhase::Failed ? tr("The last operation on the runtime failed")
                                                        : tr("An operation is under way: %1").arg(phaseName(phase));
    const QString text = operationText(m_state);
    if (m_operation->title() != title || m_operation->text() != text)
        m_operation->setMessage(phase == RuntimePhase::Failed ? Tone::Bad : Tone::Accent, title, text);
    m_operation->setVisible(m_state.status.isInProgress() || phase == RuntimePhase::Failed);
}

void SettingsView::renewReadOnly()
{
    const QString &reason = m_state.writeAccess.reason;
    if (m_readOnly->text() != reason)
        m_readOnly->setMessage(Tone::Neutral, tr("You may look at these settings, but not change them"), reason);
    m_readOnly->setAction(m_state.writeAccess.missing.isEmpty() ? QString() : tr("Copy Role"));
}

void SettingsView::renewLocks()
{
    const QString lock = lockReason(m_state, m_sent);
    m_configuration->setLocked(lock);
    m_credential->setLocked(lock);
    m_browser->setLocked(lock);
    m_changes->setLocked(lock);
    const Access noClass = Access::no(tr("There is no storage class to put volumes on."));
    const Access sendable = m_configuration->problems().isEmpty() ? m_state.enableAccess : noClass;
    const Access enable = lock.isEmpty() ? sendable : Access::no(lock);
    m_creation->setEnableAccess(enable);
    m_creation->setNote(enableNote(m_state, enable));
    m_disable->setAccess(m_sent ? Access::no(lock) : m_state.disableAccess);
    m_archive->setMark(m_state.protection.archived, m_sent ? Access::no(lock) : m_state.archiveAccess);
    m_creation->setVisible(isAbsent());
    m_changes->setVisible(!isAbsent());
    m_disable->setVisible(!isAbsent());
}

bool SettingsView::hasDraft() const
{
    return m_hasBegun && !m_sent && entered() != m_untouched;
}

std::pair<RuntimeSpec, SecretString> SettingsView::entered() const
{
    return {draft(), m_credential->password()};
}

RuntimeSpec SettingsView::draft() const
{
    RuntimeSpec spec;
    m_configuration->fill(spec);
    spec.webSocketEnabled = m_browser->isWebSocketEnabled();
    return spec;
}

void SettingsView::renewPlan()
{
    if (!m_running) {
        m_creation->setPlan(draft(), m_state.status.nameSpace);
        return;
    }
    const QString lock = m_state.writeAccess ? lockReason(m_state, m_sent) : noChangesText(m_state.protection);
    m_changes->setEmptyText(
        lock.isEmpty() ? tr("No changes. What you edit is listed here before anything is applied.") : lock);
    m_changes->setChanges(plannedChanges(*m_running, draft()));
}

/// What is wrong with what would be sent.
FieldErrors SettingsView::problems() const
{
    if (m_running)
        return validate(draft());
    const FieldErrors cluster = m_configuration->problems();
    return cluster.isEmpty() ? validate(draft()) + validateClientPassword(m_credential->password().reveal()) : cluster;
}

void SettingsView::check()
{
    if (!m_hasBegun)
        return;
    m_door->setFound(problems());
    if (!m_configuration->problems().isEmpty())
        m_door->noteTouched(QStringLiteral("storageClass"));
    renewPlan();
}

void SettingsView::submit()
{
    m_creation->setError({});
    m_door->setServerErrors({});
    m_door->setFound(problems());
    m_door->showAll();
    if (m_door->isClear())
        Q_EMIT enableRequested({draft(), m_credential->password()});
    else
        m_door->focusFirstWrong();
}

void SettingsView::discard()
{
    m_configuration->setSpec(*m_running);
    m_browser->setWebSocketEnabled(m_running->webSocketEnabled);
    renewPlan();
}

void SettingsView::setSending(bool sending)
{
    m_sent = sending ? std::optional(std::chrono::seconds(0)) : std::nullopt;
    tellUnanswered(*m_unanswered, {});
    renewLocks();
    renewPlan();
}

void SettingsView::setWaited(std::chrono::seconds waited)
{
    m_sent = waited;
    tellUnanswered(*m_unanswered, waited);
    renewLocks();
    renewPlan();
}

void SettingsView::setEnableOutcome(const Result<void> &outcome)
{
    if (outcome) {
        m_credential->forget();
        m_untouched = entered();
        m_door->reset();
        return;
    }
    Error error = outcome.error();
    m_door->setServerErrors(error.fields);
    for (const FieldError &stranger : m_door->unplaced(error.fields))
        error.summary += QLatin1Char(' ') + stranger.message;
    m_creation->setError(error);
}

void SettingsView::setChangeOutcome(const Result<void> &outcome)
{
    m_door->setServerErrors(outcome ? FieldErrors{} : outcome.error().fields);
    m_changes->setError(outcome ? std::nullopt : std::optional(outcome.error()));
}

void SettingsView::setDisableOutcome(const Result<void> &outcome)
{
    m_disable->setError(outcome ? std::nullopt : std::optional(outcome.error()));
}

void SettingsView::showArchive()
{
    m_page->ensureWidgetVisible(m_archive);
    m_archive->takeKeyboard();
}

void SettingsView::setArchiveOutcome(const Result<void> &outcome)
{
    m_archive->setError(outcome ? std::nullopt : std::optional(outcome.error()));
}

void SettingsView::setNamespaceFate(const Result<NamespaceFate> &fate)
{
    m_disable->setFate(fate);
}
