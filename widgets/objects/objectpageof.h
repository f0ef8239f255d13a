// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/confirmbytyping.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/removals.h"
#include "widgets/common/tableview.h"
#include "widgets/objects/objectpage.h"

#include <optional>

/// Titles of what is said of a creation where the form is not in sight.
struct CreationWords {
    QString failed;
    QString unknown; ///< where no answer came in time: it may still be created
};

/// The page of one kind of object: its values on their way from the service to the table and the detail, and what a
/// person wants of them on its way back. A leaf adds its words and columns.
///
/// `Kind` names the types that belong together: Object (with an `id`), Draft, Service, Model (a KeyedRowsModel with
/// `setNow`), Detail (a DetailPanel with `setObject` and `id`), Form (a FormPanel with `submitted`); and
/// `all(service)`, with `step(service)` for how they follow from those before.
///
/// What the form holds is kept while the page lives, until it is submitted with success or cancelled. What was sent
/// runs on when the page goes away.
template <typename Kind> class ObjectPageOf : public ObjectPage {
public:
    using Object = typename Kind::Object;
    using Draft = typename Kind::Draft;
    using Id = decltype(Object::id);
    using Model = typename Kind::Model;
    using Form = typename Kind::Form;
    using Service = typename Kind::Service;

    /// Shows that object in detail, as soon as it is known.
    void open(const Id &id)
    {
        m_awaited = id;
        if (!m_model->find(id))
            return;
        if (!m_model->indexOf(id).isValid())
            list()->clearFilters();
        if (m_awaited == Id{} || !m_model->indexOf(id).isValid())
            return; // shown by what that led to, or once the rows are arranged
        m_awaited = Id{};
        list()->table()->setCurrentIndex(m_model->indexOf(id));
        showDetail(id);
    }

protected:
    ObjectPageOf(const Words &words, const Ground &ground, Service &service, QWidget *parent)
        : ObjectPageOf(words, ground, service, new Model, new typename Kind::Detail, new Form, parent)
    {
    }

    Service &service() const { return m_service; }
    const Model &model() const { return *m_model; }
    Form *form() const { return m_form; }
    typename Kind::Detail *detail() const { return m_detail; }
    const Id &shownId() const { return m_detail->id(); }

    /// The detail shows `object`: adds what is not part of it.
    virtual void completeDetail(const Object &) { }
    virtual ConfirmByTyping::Question deletionOf(const Object &object) const = 0;
    virtual RemovalWords removalWords(const Id &id) const = 0;
    virtual CreationWords creationWords(const Draft &draft) const = 0;

private:
    ObjectPageOf(const Words &words, const Ground &ground, Service &service, Model *model,
        typename Kind::Detail *detail, Form *form, QWidget *parent)
        : ObjectPage(words, ground, model, detail, form, parent)
        , m_service(service)
        , m_model(model)
        , m_detail(detail)
        , m_form(form)
        , m_removals(this, list()->message(), [this] { showAccess(); })
    {
        connect(&m_service, &Service::snapshotChanged, this, [this] { showSnapshot(); });
        connect(m_model, &Model::contentChanged, this, [this] {
            if (!isFormShown())
                openAwaited();
        });
        connect(&m_service, &Service::freshnessChanged, this, [this] { showPlace(); });
        connect(&m_service, &Service::accessChanged, this, [this] { showAccess(); });
        connect(m_form, &Form::submitted, this, [this](const Draft &draft) { create(draft); });
    }

    int snapshotSize() const final { return int(m_model->rows().size()); }
    Freshness freshness() const final { return m_service.freshness(); }
    Access createAccess() const final { return m_service.createAccess(); }
    Access deleteAccess(const Id &id) const
    {
        const std::optional<Object> object = m_model->find(id);
        return m_removals.access(id, object ? m_service.deleteAccess(*object) : m_service.createAccess());
    }
    Access deleteAccessOfDetail() const final { return deleteAccess(m_detail->id()); }
    Access deleteAccessAt(int row) const final { return deleteAccess(m_model->rowAt(row).id); }

    void adoptSnapshot() final
    {
        m_model->setRows(Kind::all(m_service), Kind::step(m_service));
        if (isFormShown())
            m_awaited = Id{};
        openAwaited();
    }

    void openAwaited()
    {
        if (m_awaited != Id{})
            open(Id(m_awaited)); // which open() forgets
    }

    void openAt(int row) final
    {
        if (!list()->table()->selectionModel()->isRowSelected(row))
            list()->table()->selectRow(row);
        showDetail(m_model->rowAt(row).id);
    }
    void renewDetail() final { showDetail(m_detail->id()); }
    void passTime(int firstVisible, int lastVisible) final { m_model->setNow(now(), firstVisible, lastVisible); }

    void showDetail(const Id &id)
    {
        const std::optional<Object> object = m_model->find(id);
        if (!object) {
            closeLostPanel();
            return;
        }
        m_detail->setObject(*object, now());
        completeDetail(*object);
        showDetailPanel();
    }

    void create(const Draft &draft)
    {
        m_form->setBusy(true);
        m_creation = m_service.create(draft);
        m_creation.then(this, [this, draft](const Result<Object> &created) {
            m_form->setBusy(false);
            if (created)
                adoptCreated(created->id);
            else
                showRefusal(draft, created.error());
        });
    }

    /// A person who has gone on to something else meanwhile is not called back.
    void adoptCreated(const Id &id)
    {
        m_form->clear();
        if (isFormShown()) {
            closePanel();
            open(id);
        }
        m_service.refresh();
    }

    void showRefusal(const Draft &draft, const Error &error)
    {
        m_form->showError(error);
        if (isFormShown())
            return;
        const CreationWords words = creationWords(draft);
        const bool isUnknown = error.kind == Error::Kind::Timeout;
        list()->message()->setMessage(isUnknown ? Tone::Warning : Tone::Bad, isUnknown ? words.unknown : words.failed,
            error.summary, error.detail);
        list()->message()->show();
    }

    void askToDeleteAt(int row) final { askToDelete(m_model->rowAt(row).id); }
    void askToDeleteDetail() final { askToDelete(m_detail->id()); }

    void askToDelete(const Id &id)
    {
        const std::optional<Object> object = m_model->find(id);
        if (!object)
            return;
        if (const Access access = deleteAccess(id); !access) {
            list()->message()->setMessage(Tone::Neutral, access.reason);
            list()->message()->show();
            return;
        }
        auto *question = new ConfirmByTyping(deletionOf(*object), this);
        connect(question, &ConfirmByTyping::confirmed, this, [this, seen = *object] { remove(seen); });
        connect(&m_service, &Service::accessChanged, question,
            [this, question, id] { question->setAccess(deleteAccess(id)); });
        question->open();
    }

    /// `seen` is what the question was about, whatever has its name by now.
    void remove(const Object &seen)
    {
        if (deleteAccess(seen.id))
            m_removals.run(seen.id, m_service.remove(seen), removalWords(seen.id));
    }

    Service &m_service;
    Model *m_model;
    typename Kind::Detail *m_detail;
    Form *m_form;
    Id m_awaited; ///< to be opened when it appears
    Pending<Object> m_creation;
    Removals<Id> m_removals;
};
