// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/configurationrows.h"
#include "services/domain/assetfields.h"
#include "widgets/common/formpanel.h"
#include "widgets/objects/objectpageof.h"

#include <map>

/// What is said of a change where its form is not in sight.
struct ChangeWords {
    QString failed;
    QString unknown; ///< where no answer came in time: it may still be changed
    QString partly; ///< the server left something as it was, though it said that all is well
};

/// An ObjectPageOf whose objects can be changed: a form for each that a person has begun to edit, which keeps what was
/// entered until it is sent with success or discarded, and follows what others change meanwhile.
///
/// Beside what ObjectPageOf asks of a `Kind`: its Form is made of an Object too and has `draft()`, `seen()` and
/// `renewSeen()`, its Draft has `config`, its Service `change(draft)` and `changeAccess(object)`.
template <typename Kind> class EditingPageOf : public ObjectPageOf<Kind> {
public:
    using Base = ObjectPageOf<Kind>;
    using typename Base::Draft;
    using typename Base::Form;
    using typename Base::Id;
    using typename Base::Object;
    using typename Base::Service;

protected:
    EditingPageOf(const ObjectPage::Words &words, const ObjectPage::Ground &ground, Service &service, QWidget *parent)
        : Base(words, ground, service, parent)
    {
        QObject::connect(&service, &Service::accessChanged, this, [this] { showEditAccess(); });
        QObject::connect(&service, &Service::snapshotChanged, this, [this] {
            showEditAccess();
            for (const auto &[id, form] : m_edits)
                noticeOthers(id, form);
        });
    }

    /// By a person: goes on with what was entered before.
    void edit(const Id &id)
    {
        const std::optional<Object> object = this->model().find(id);
        if (!object)
            return;
        if (const Access access = this->service().changeAccess(*object); !access) {
            this->list()->message()->setMessage(Tone::Neutral, access.reason);
            this->list()->message()->show();
            return;
        }
        Form *&form = m_edits[id];
        if (!form)
            form = makeForm(*object);
        prepareEdit(form);
        showEditAccess();
        this->showPanel(form);
        form->FormPanel::begin();
        bringUpToDate(id);
    }

    /// What forms are given beside objects has become another.
    void renewForms()
    {
        prepareEdit(this->form());
        for (const auto &[id, form] : m_edits)
            prepareEdit(form);
    }

    /// The form is about to be shown, or sent.
    virtual void prepareEdit(Form *form) = 0;
    virtual ChangeWords changeWords(const Id &id) const = 0;

private:
    Form *makeForm(const Object &object)
    {
        const Id id = object.id;
        auto *form = new Form(object);
        this->list()->addPanel(form);
        QObject::connect(form, &FormPanel::cancelled, this, [this, id] { leave(id); });
        QObject::connect(form, &FormPanel::closeRequested, this, [this, id] { leave(id); });
        QObject::connect(form, &Form::submitted, this, [this, id] {
            if (bringUpToDate(id))
                send(id);
        });
        return form;
    }

    /// Back to the object; what was entered and not sent is kept.
    void leave(const Id &id)
    {
        const auto edited = m_edits.find(id);
        if (edited == m_edits.end())
            return;
        Form *form = edited->second;
        const bool isShown = this->list()->panel() == form;
        if (!form->hasDraft() && !form->isBusy()) {
            m_edits.erase(edited);
            m_noticed.erase(id);
            form->deleteLater();
        }
        if (!isShown)
            return;
        if (!this->model().find(id))
            return this->closePanel();
        this->open(id);
        this->detail()->setFocus(Qt::OtherFocusReason);
    }

    /// False where somebody else has changed what was edited here, which the fields then say.
    bool bringUpToDate(const Id &id)
    {
        Form *form = m_edits.at(id);
        const std::optional<Object> now = this->model().find(id);
        if (!now)
            return true; // the service says that it is gone
        prepareEdit(form);
        const QList<FieldChange> changed = changesBetween(form->seen()->config, now->config);
        FieldErrors overtaken;
        QStringList edited;
        for (const FieldChange &both : form->renewSeen(*now)) {
            edited.append(both.field);
            const QString theirs = configurationValueText(both.field, both.after);
            overtaken.append({both.field,
                ObjectPage::tr("Somebody else has changed it meanwhile, to %1. Apply again to put what is entered here "
                               "in its place.")
                    .arg(theirs)});
        }
        tellTheirs(id, changed, edited, ObjectPage::tr("Somebody else has changed %1 meanwhile: %2. That is kept."));
        if (!overtaken.isEmpty())
            form->showError(
                {Error::Kind::Conflict, ObjectPage::tr("Somebody else has changed the same."), {}, overtaken, {}});
        return overtaken.isEmpty();
    }

    /// What others have changed beside what is `edited` here; `words` take the name and the fields.
    void tellTheirs(const Id &id, const QList<FieldChange> &theirs, const QStringList &edited, const QString &words)
    {
        QStringList fields;
        for (const FieldChange &change : theirs) {
            if (!edited.contains(change.field))
                fields.append(change.field);
        }
        if (fields.isEmpty())
            return;
        this->list()->message()->setMessage(Tone::Neutral, words.arg(id.name, fields.join(QStringLiteral(", "))));
        this->list()->message()->show();
    }

    /// Before anything is sent: the form goes on from what it was begun with until it is.
    void noticeOthers(const Id &id, const Form *form)
    {
        const std::optional<Object> now = this->model().find(id);
        if (!now || !form->hasDraft() || m_changes.count(id) > 0 || m_noticed[id] == now->config)
            return;
        m_noticed[id] = now->config;
        tellTheirs(id, changesBetween(form->seen()->config, now->config), {},
            ObjectPage::tr(
                "Somebody else has changed %1 meanwhile: %2. Applying shows what of it is edited here, too."));
    }

    void send(const Id &id)
    {
        Form *form = m_edits.at(id);
        form->setBusy(true);
        const Draft draft = form->draft();
        Pending<Object> &kept = m_changes[id] = this->service().change(draft);
        kept.then(this, [this, id, asked = draft.config](const Result<Object> &changed) {
            m_changes.erase(id);
            Form *sent = m_edits.at(id);
            sent->setBusy(false);
            this->service().refresh();
            if (!changed)
                return refuse(id, changed.error());
            sent->clear();
            leave(id);
            if (const QList<FieldChange> missing = notTaken(asked, changed->config); !missing.isEmpty())
                tellPart(id, missing);
        });
    }

    void refuse(const Id &id, const Error &error)
    {
        Form *form = m_edits.at(id);
        form->showError(error);
        if (this->list()->panel() == form)
            return;
        const ChangeWords words = changeWords(id);
        const bool isUnknown = error.kind == Error::Kind::Timeout;
        this->list()->message()->setMessage(isUnknown ? Tone::Warning : Tone::Bad,
            isUnknown ? words.unknown : words.failed, error.summary, error.detail);
        this->list()->message()->show();
    }

    void tellPart(const Id &id, const QList<FieldChange> &missing)
    {
        QStringList lines;
        for (const FieldChange &change : missing)
            lines.append(ObjectPage::tr("%1 was asked to be %2, and is %3")
                             .arg(change.field, configurationValueText(change.field, change.before),
                                 configurationValueText(change.field, change.after)));
        this->list()->message()->setMessage(Tone::Warning, changeWords(id).partly, lines.join(QLatin1Char('\n')));
        this->list()->message()->show();
    }

    void showEditAccess()
    {
        for (const auto &[id, form] : m_edits) {
            const std::optional<Object> object = this->model().find(id);
            form->setSubmitAccess(object ? this->service().changeAccess(*object)
                                         : Access::no(ObjectPage::tr("It is not there any more.")));
        }
    }

    std::map<Id, Form *> m_edits;
    std::map<Id, QJsonObject> m_noticed; ///< the last configuration that was told of
    std::map<Id, Pending<Object>> m_changes; ///< what they sent
};
